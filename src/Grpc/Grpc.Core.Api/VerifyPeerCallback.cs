namespace Grpc.Core;

/// <summary>Decides, after the certificate chain has been checked, whether a server is the one that was meant.</summary>
/// <param name="context">The server's name and certificate.</param>
/// <returns><see langword="true"/> to go on; <see langword="false"/> to refuse the connection.</returns>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);
