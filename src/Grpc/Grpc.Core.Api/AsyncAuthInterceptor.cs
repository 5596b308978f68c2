namespace Grpc.Core;

/// <summary>Adds credentials to an outgoing call, for instance an <c>authorization</c> header with a token that it fetches first.</summary>
/// <param name="context">The call that is about to start.</param>
/// <param name="metadata">The headers to add to. Entries added here are sent after the caller's own.</param>
/// <returns>A task that ends when <paramref name="metadata"/> is complete; if it fails, so does the call.</returns>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);
