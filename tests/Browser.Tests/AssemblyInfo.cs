using BooksForYou.Browser.Tests;

// One browser and one shop for all tests, and one test at a time: a browser uses all of a small machine by itself.
[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
