using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Routing;

namespace BooksForYou.Marketplace.Web;

/// <summary>Pages without a form are read, and nothing else: every other method is answered with 405 (RFC 9110, section 15.5.6).</summary>
internal sealed class ReadOnlyPages : IPageRouteModelConvention
{
    /// <inheritdoc/>
    public void Apply(PageRouteModel model)
    {
        if (model.ViewEnginePath.StartsWith("/Status/", StringComparison.Ordinal))
        {
            // Shown in the place of a page that was asked for with any method.
            return;
        }

        foreach (var selector in model.Selectors)
        {
            selector.EndpointMetadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
        }
    }
}
