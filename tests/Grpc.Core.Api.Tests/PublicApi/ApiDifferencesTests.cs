namespace BooksForYou.GrpcApi.Tests.PublicApi;

public sealed class ApiDifferencesTests
{
    private const string Count = "public int Grpc.Core.Metadata.Count { get; }";
    private const string Clear = "public void Grpc.Core.Metadata.Clear()";

    [Fact]
    public void Find_same_lines_in_another_order_finds_nothing()
    {
        Assert.Empty(ApiDifferences.Find([Count, Clear], [Clear, Count]));
    }

    [Fact]
    public void Find_line_only_expected_is_missing()
    {
        Assert.Equal([$"missing: {Clear}"], ApiDifferences.Find([Count, Clear], [Count]));
    }

    [Fact]
    public void Find_line_only_actual_is_extra()
    {
        Assert.Equal([$"extra:   {Clear}"], ApiDifferences.Find([Count], [Count, Clear]));
    }

    [Theory]
    [InlineData("public string Grpc.Core.Entry.Value { get; }", "public string? Grpc.Core.Entry.Value { get; }")]
    [InlineData("public void Grpc.Core.Call<T>.Do(int count = 1)", "public void Grpc.Core.Call<T>.Do(int count = 2)")]
    [InlineData("public class Grpc.Core.Call<T>", "public sealed class Grpc.Core.Call<T>")]
    [InlineData("public interface Grpc.Core.IWriter<in T>", "public interface Grpc.Core.IWriter<T>")]
    [InlineData("Grpc.Core.StatusCode.Aborted = 10", "Grpc.Core.StatusCode.Aborted = 11")]
    [InlineData("public Task<T> Grpc.Core.Call<T>.Do()", "public Task<bool> Grpc.Core.Call<T>.Do()")]
    public void Find_same_name_in_another_form_is_changed(string expected, string actual)
    {
        Assert.Equal([$"changed: {expected}\n     to: {actual}"], ApiDifferences.Find([expected], [actual]));
    }

    [Fact]
    public void Find_overload_removed_is_missing_beside_one_changed()
    {
        var differences = ApiDifferences.Find(
            ["public void Grpc.Core.Metadata.Add(int item)", "public void Grpc.Core.Metadata.Add(bool item)"],
            ["public void Grpc.Core.Metadata.Add(int? item)"]);

        Assert.Equal(
            [
                "changed: public void Grpc.Core.Metadata.Add(int item)\n     to: public void Grpc.Core.Metadata.Add(int? item)",
                "missing: public void Grpc.Core.Metadata.Add(bool item)",
            ],
            differences);
    }
}
