using System.Collections.Frozen;
using System.Text;
using BooksForYou.Marketplace.Covers;

namespace BooksForYou.Marketplace.Web;

/// <summary>The style sheet, the pictures and the other fixed files of the shop, all of them in memory.</summary>
internal sealed class Assets
{
    private const string Svg = "image/svg+xml";

    private readonly FrozenDictionary<string, Asset> _byPath;
    private readonly FrozenDictionary<Category, string> _emblems;

    public Assets()
    {
        var assets = new Dictionary<string, Asset>(StringComparer.Ordinal)
        {
            ["/robots.txt"] = new("text/plain; charset=utf-8", Read("Assets/robots.txt"), isImmutable: false),
            ["/favicon.svg"] = new(Svg, Read("Assets/favicon.svg"), isImmutable: false),
        };
        StyleSheet = AddImmutable("site", "css", "text/css; charset=utf-8", ReadStyleSheets());
        Script = AddImmutable("site", "js", "text/javascript; charset=utf-8", Read("Assets/site.js"));
        ShelfPicture = AddImmutable("bookshelf", "svg", Svg, Read("Assets/bookshelf.svg"));
        _emblems = Categories.All.ToFrozenDictionary(
            category => category,
            category => AddImmutable(category.Slug, "svg", Svg, CoverPress.PrintEmblem(category.Value)));
        _byPath = assets.ToFrozenDictionary(StringComparer.Ordinal);

        string AddImmutable(string name, string extension, string contentType, byte[] content)
        {
            var asset = new Asset(contentType, content, isImmutable: true);
            var path = $"/assets/{name}.{asset.Fingerprint}.{extension}";
            assets.Add(path, asset);
            return path;
        }
    }

    /// <summary>The address of the style sheet.</summary>
    public string StyleSheet { get; }

    /// <summary>The address of the script: small comforts, none of which is needed.</summary>
    public string Script { get; }

    /// <summary>The address of the picture that stands in the window when there are no books to show.</summary>
    public string ShelfPicture { get; }

    /// <summary>The address of the drawing that stands for a category.</summary>
    public string EmblemOf(Category category) => _emblems[category];

    /// <summary>The file with an address, if there is one.</summary>
    public Asset? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>Each page keeps its style beside it; browsers get one file.</summary>
    private static byte[] ReadStyleSheets()
    {
        var names = typeof(Assets).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".css", StringComparison.Ordinal));
        var sheets = names.Order(StringComparer.Ordinal).Select(name => Encoding.UTF8.GetString(Read(name)));
        return Encoding.UTF8.GetBytes(string.Join('\n', sheets));
    }

    private static byte[] Read(string name)
    {
        using var resource = typeof(Assets).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
