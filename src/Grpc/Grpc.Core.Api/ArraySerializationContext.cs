using System.Buffers;
using Grpc.Core.Utils;

namespace Grpc.Core;

/// <summary>Collects a message in a byte array.</summary>
internal sealed class ArraySerializationContext : SerializationContext
{
    private ArrayBufferWriter<byte>? _writer;
    private int _payloadLength;
    private byte[]? _payload;

    public override void Complete(byte[] payload)
    {
        CheckNotComplete();
        GrpcPreconditions.CheckState(_writer is null, "The message has been started with GetBufferWriter.");
        _payload = GrpcPreconditions.CheckNotNull(payload, nameof(payload));
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        CheckNotComplete();
        return _writer ??= _payloadLength > 0 ? new ArrayBufferWriter<byte>(_payloadLength) : new ArrayBufferWriter<byte>();
    }

    public override void SetPayloadLength(int payloadLength)
    {
        CheckNotComplete();
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        _payloadLength = payloadLength;
    }

    public override void Complete()
    {
        CheckNotComplete();
        _payload = _writer is null ? [] : _writer.WrittenSpan.ToArray();
    }

    public byte[] GetPayload()
    {
        GrpcPreconditions.CheckState(_payload is not null, "The serializer has not called Complete.");
        return _payload!;
    }

    private void CheckNotComplete() => GrpcPreconditions.CheckState(_payload is null, "The message is complete.");
}
