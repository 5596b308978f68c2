namespace BooksForYou.ServiceKit.Tls;

/// <summary>The files of a certificate cannot be used; the message says why, to whoever put them there.</summary>
internal sealed class CertificateException(string message, Exception? innerException = null) : Exception(message, innerException);
