using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace BooksForYou.Marketplace.Web;

/// <summary>A key that protects the forms made between two moments.</summary>
internal sealed class FormKey(Guid id, DateTimeOffset begin, DateTimeOffset end, byte[] masterKey, IAuthenticatedEncryptorFactory encryptors) : IKey
{
    /// <inheritdoc/>
    public Guid KeyId { get; } = id;

    /// <inheritdoc/>
    public DateTimeOffset CreationDate { get; } = begin;

    /// <inheritdoc/>
    public DateTimeOffset ActivationDate { get; } = begin;

    /// <inheritdoc/>
    public DateTimeOffset ExpirationDate { get; } = end;

    /// <inheritdoc/>
    public bool IsRevoked => false;

    /// <inheritdoc/>
    public IAuthenticatedEncryptorDescriptor Descriptor { get; } =
        new AuthenticatedEncryptorDescriptor(new AuthenticatedEncryptorConfiguration(), new Secret(masterKey));

    /// <inheritdoc/>
    public IAuthenticatedEncryptor? CreateEncryptor() => encryptors.CreateEncryptorInstance(this);
}
