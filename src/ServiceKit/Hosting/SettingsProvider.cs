using Microsoft.Extensions.Configuration;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>A layer of the configuration that is filled while settings are declared: the defaults at the bottom, the command line on
/// top.</summary>
internal sealed class SettingsProvider : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;
}
