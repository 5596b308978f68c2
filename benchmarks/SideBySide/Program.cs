using System.CommandLine;
using BooksForYou.SideBySide;

var pairs = new Option<int>("--pairs") { Description = "How many pairs of runs are made; the median counts.", DefaultValueFactory = _ => 5 };
var seconds = new Option<int>("--seconds") { Description = "How long one run takes, in seconds.", DefaultValueFactory = _ => 5 };
var output = new Option<FileInfo?>("--output") { Description = "Also write the result to this file, as Markdown." };
var command = new RootCommand("Measures the store side by side with a bare gRPC server on the same packages.") { pairs, seconds, output };
command.SetAction(async (arguments, cancellation) =>
{
    await using var comparison = await Comparison.StartAsync(cancellation);
    var result = await comparison.MeasureAsync(arguments.GetValue(pairs), TimeSpan.FromSeconds(arguments.GetValue(seconds)), cancellation);
    Console.Write(result);
    if (arguments.GetValue(output) is { } file)
    {
        await File.WriteAllTextAsync(file.FullName, result, cancellation);
    }
});
return await command.Parse(args).InvokeAsync();
