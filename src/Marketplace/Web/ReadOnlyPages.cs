using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Routing;

namespace BooksForYou.Marketplace.Web;

/// <summary>Pages without a form are read, and nothing else; every other method is answered with 405 (RFC 9110, section 15.5.6).</summary>
internal sealed class ReadOnlyPages : IPageRouteModelConvention
{
    private static readonly string[] PagesWithForms =
    [
        "/Basket/", "/Checkout/", "/Account/", "/SignIn/", "/SignOut/", "/Register/", "/ForgotPassword/", "/Reset/", "/Confirm/", "/Unsubscribe/",
        "/Password/", "/DeleteAccount/", "/Orders/", "/Review/", "/Report/", "/Admin/",
    ];

    /// <inheritdoc/>
    public void Apply(PageRouteModel model)
    {
        if (model.ViewEnginePath.StartsWith("/Status/", StringComparison.Ordinal))
        {
            // Shown in the place of a page that was asked for with any method.
            return;
        }

        var hasForm = PagesWithForms.Any(folder => model.ViewEnginePath.StartsWith(folder, StringComparison.Ordinal));
        string[] methods = hasForm ? [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post] : [HttpMethods.Get, HttpMethods.Head];
        foreach (var selector in model.Selectors)
        {
            selector.EndpointMetadata.Add(new HttpMethodMetadata(methods));
        }
    }
}
