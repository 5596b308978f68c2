using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Hosting;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Tests.Errors;

public sealed class ExceptionMappingTests
{
    private readonly ExceptionMap _map = new();

    [Fact]
    public void TryMap_type_and_base_mapped_takes_the_type()
    {
        _map.Add<IOException>(_ => new UnavailableException());
        _map.Add<FileNotFoundException>(_ => new NotFoundException());

        Assert.True(_map.TryMap(new FileNotFoundException(), out var mapped));
        Assert.IsType<NotFoundException>(mapped);
    }

    [Fact]
    public void TryMap_only_a_base_mapped_takes_the_nearest()
    {
        _map.Add<Exception>(_ => new UnknownException());
        _map.Add<IOException>(_ => new UnavailableException());

        Assert.True(_map.TryMap(new DirectoryNotFoundException(), out var mapped));
        Assert.IsType<UnavailableException>(mapped);
    }

    [Fact]
    public void TryMap_only_a_sibling_mapped_finds_nothing()
    {
        _map.Add<FileNotFoundException>(_ => new NotFoundException());

        Assert.False(_map.TryMap(new DirectoryNotFoundException(), out _));
    }

    [Fact]
    public void Add_type_twice_is_refused()
    {
        _map.Add<IOException>(_ => new UnavailableException());

        var exception = Assert.Throws<InvalidOperationException>(() => _map.Add<IOException>(_ => new DataLossException()));
        Assert.Contains("System.IO.IOException", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_status_exception_is_refused() =>
        Assert.Throws<ArgumentException>(() => _map.Add<NotFoundException>(_ => new InternalException()));

    [Fact]
    public void MapException_OK_is_refused_while_the_process_is_put_together() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ServiceApplication.CreateBuilder([]).MapException<IOException>(StatusCode.OK));
}
