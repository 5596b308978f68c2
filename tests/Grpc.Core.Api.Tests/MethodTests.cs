using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

public sealed class MethodTests
{
    private static readonly Marshaller<string> Text = Marshallers.StringMarshaller;

    [Fact]
    public void FullName_is_the_path_of_the_call()
    {
        var method = new Method<string, string>(MethodType.ServerStreaming, "booksforyou.cart.v1.Cart", "Watch", Text, Text);

        Assert.Equal("/booksforyou.cart.v1.Cart/Watch", method.FullName);
        Assert.Equal("booksforyou.cart.v1.Cart", method.ServiceName);
        Assert.Equal("Watch", method.Name);
        Assert.Equal(MethodType.ServerStreaming, method.Type);
        Assert.Same(Text, method.RequestMarshaller);
        Assert.Same(Text, method.ResponseMarshaller);
    }

    [Fact]
    public void Constructor_null_throws()
    {
        Assert.Throws<ArgumentNullException>(() => new Method<string, string>(MethodType.Unary, null!, "Watch", Text, Text));
        Assert.Throws<ArgumentNullException>(() => new Method<string, string>(MethodType.Unary, "Cart", null!, Text, Text));
        Assert.Throws<ArgumentNullException>(() => new Method<string, string>(MethodType.Unary, "Cart", "Watch", null!, Text));
        Assert.Throws<ArgumentNullException>(() => new Method<string, string>(MethodType.Unary, "Cart", "Watch", Text, null!));
    }

    [Fact]
    public void BindServiceMethodAttribute_names_the_method()
    {
        var attribute = new BindServiceMethodAttribute(typeof(MethodTests), "Bind");

        Assert.Equal(typeof(MethodTests), attribute.BindType);
        Assert.Equal("Bind", attribute.BindMethodName);
    }
}
