using System.Buffers;
using System.Text;
using Grpc.Core.Utils;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>A key with its value: text, or bytes if the key ends in <c>-bin</c>. It cannot be changed.</summary>
    public class Entry
    {
        // Custom-Metadata in gRPC over HTTP/2: lower-case letters, digits, "_", "-" and ".".
        private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("-.0123456789_abcdefghijklmnopqrstuvwxyz");

        private static readonly SearchValues<char> KeyCharactersOfEitherCase =
            SearchValues.Create("-.0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

        private readonly string? _value;
        private readonly byte[]? _valueBytes;

        /// <summary>Creates an entry of bytes.</summary>
        /// <param name="key">The key: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, with the <c>-bin</c> suffix.</param>
        /// <param name="valueBytes">The bytes. They are copied.</param>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">The key is not valid.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            Key = NormalizeKey(key);
            GrpcPreconditions.CheckArgument(IsBinary, "The key of a binary value must end in \"-bin\".");
            _valueBytes = (byte[])GrpcPreconditions.CheckNotNull(valueBytes, nameof(valueBytes)).Clone();
        }

        /// <summary>Creates an entry of text.</summary>
        /// <param name="key">The key: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, without the <c>-bin</c> suffix.</param>
        /// <param name="value">The text, in printable ASCII.</param>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">The key is not valid.</exception>
        public Entry(string key, string value)
        {
            Key = NormalizeKey(key);
            GrpcPreconditions.CheckArgument(!IsBinary, "A key that ends in \"-bin\" takes bytes, not text.");
            _value = GrpcPreconditions.CheckNotNull(value, nameof(value));
        }

        /// <summary>The key, in lower case.</summary>
        public string Key { get; }

        /// <summary>Whether the value is bytes.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <summary>The text.</summary>
        /// <exception cref="InvalidOperationException">The value is bytes.</exception>
        public string Value
        {
            get
            {
                GrpcPreconditions.CheckState(_value is not null, "The value is bytes, not text.");
                return _value!;
            }
        }

        /// <summary>A copy of the bytes, or the text's ASCII bytes.</summary>
        public byte[] ValueBytes => _valueBytes is not null ? (byte[])_valueBytes.Clone() : Encoding.ASCII.GetBytes(_value!);

        /// <summary>Shows the entry for a log or a debugger. It may hold secrets.</summary>
        /// <returns>Key and value.</returns>
        public override string ToString() =>
            _valueBytes is null ? $"[Entry: key={Key}, value={_value}]" : $"[Entry: key={Key}, valueBytes={Convert.ToHexString(_valueBytes)}]";

        private static string NormalizeKey(string key)
        {
            GrpcPreconditions.CheckNotNull(key, nameof(key));
            if (key.Length > 0 && !key.AsSpan().ContainsAnyExcept(KeyCharacters))
            {
                return key;
            }

            if (key.Length == 0 || key.AsSpan().ContainsAnyExcept(KeyCharactersOfEitherCase))
            {
                throw new ArgumentException(
                    $"The metadata key \"{key}\" is not valid: it may have letters, digits, \"_\", \"-\" and \".\" only.",
                    nameof(key));
            }

            return key.ToLowerInvariant();
        }
    }
}
