namespace BooksForYou.Chaos.Tests;

/// <summary>What a run says about itself: on the console as it happens, and in a file for those who have not watched.</summary>
internal sealed class Diary
{
    private readonly Lock _lock = new();
    private readonly string _file;

    public Diary()
    {
        Folder = Path.Combine(Repository.Root, "artifacts", "chaos");
        Directory.CreateDirectory(Folder);
        _file = Path.Combine(Folder, "run.log");
        File.Delete(_file);
    }

    /// <summary>Where the last run's diary and the logs of its processes are.</summary>
    public string Folder { get; }

    public void Write(string text)
    {
        lock (_lock)
        {
            Console.WriteLine(text);
            File.AppendAllText(_file, text + Environment.NewLine);
        }
    }
}
