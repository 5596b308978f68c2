using BenchmarkDotNet.Running;
using BooksForYou.Interceptors;

BenchmarkRunner.Run<UnaryCallBenchmark>(args: args);
