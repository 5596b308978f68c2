using System.Text;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>How one name is written in the three places where people write it.</summary>
internal static class OptionName
{
    /// <summary>The name of an option of the command line, without the dashes: GRPC_PORT and Grpc:Port and GrpcPort are all
    /// grpc-port.</summary>
    public static string From(string name) => Separate(name, '-').ToLowerInvariant();

    /// <summary>The name of an environment variable: PaymentGateway is PAYMENT_GATEWAY.</summary>
    public static string ToEnvironment(string name) => Separate(name, '_').ToUpperInvariant();

    private static string Separate(string name, char separator)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(name[i]) && char.IsLower(name[i - 1]);
            if (startsWord)
            {
                text.Append(separator);
            }

            text.Append(char.IsLetterOrDigit(name[i]) ? name[i] : separator);
        }

        return text.ToString();
    }
}
