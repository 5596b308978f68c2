using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

public sealed class MarshallerTests
{
    [Fact]
    public void Simple_form_gives_the_same_functions_back()
    {
        Func<string, byte[]> serializer = _ => [1];
        Func<byte[], string> deserializer = _ => "a";

        var marshaller = Marshallers.Create(serializer, deserializer);

        Assert.Same(serializer, marshaller.Serializer);
        Assert.Same(deserializer, marshaller.Deserializer);
    }

    [Fact]
    public void Contextual_form_gives_the_same_functions_back()
    {
        Action<string, SerializationContext> serializer = (_, _) => { };
        Func<DeserializationContext, string> deserializer = _ => "a";

        var marshaller = Marshallers.Create(serializer, deserializer);

        Assert.Same(serializer, marshaller.ContextualSerializer);
        Assert.Same(deserializer, marshaller.ContextualDeserializer);
    }

    [Fact]
    public void Simple_form_works_with_contexts()
    {
        var context = new PayloadContext();

        Marshallers.StringMarshaller.ContextualSerializer("Émile", context);
        var text = Marshallers.StringMarshaller.ContextualDeserializer(new PayloadSource(context.Payload!));

        Assert.Equal("Émile"u8.ToArray(), context.Payload);
        Assert.Equal("Émile", text);
    }

    [Fact]
    public void Contextual_form_with_buffer_writer_works_with_arrays()
    {
        var marshaller = Marshallers.Create(WriteNumber, ReadNumber);

        var bytes = marshaller.Serializer(0x01020304);

        Assert.Equal([1, 2, 3, 4], bytes);
        Assert.Equal(0x01020304, marshaller.Deserializer(bytes));
    }

    [Fact]
    public void Contextual_form_with_whole_array_works_with_arrays()
    {
        var marshaller = Marshallers.Create<byte[]>(
            (message, context) => context.Complete(message),
            context => context.PayloadAsNewBuffer());
        byte[] bytes = [1, 2];

        var copy = marshaller.Deserializer(bytes);

        Assert.Equal([1, 2], marshaller.Serializer(bytes));
        Assert.Equal(bytes, copy);
        Assert.NotSame(bytes, copy);
    }

    [Fact]
    public void Contextual_form_empty_message_is_an_empty_array()
    {
        var marshaller = Marshallers.Create<string>((_, context) => context.Complete(), context => $"{context.PayloadLength} bytes");

        Assert.Empty(marshaller.Serializer("a"));
        Assert.Equal("0 bytes", marshaller.Deserializer([]));
    }

    [Fact]
    public void Contextual_form_never_completed_throws()
    {
        var marshaller = Marshallers.Create<string>((_, context) => context.GetBufferWriter(), _ => "");

        Assert.Throws<InvalidOperationException>(() => marshaller.Serializer("a"));
    }

    [Fact]
    public void Contextual_form_used_after_completion_throws()
    {
        Assert.Throws<InvalidOperationException>(() => Serialize(context => { context.Complete(); context.Complete(); }));
        Assert.Throws<InvalidOperationException>(() => Serialize(context => { context.Complete([1]); context.GetBufferWriter(); }));
        Assert.Throws<InvalidOperationException>(() => Serialize(context => { context.Complete([1]); context.SetPayloadLength(1); }));
        Assert.Throws<InvalidOperationException>(() => Serialize(context => { context.GetBufferWriter(); context.Complete([1]); }));

        static byte[] Serialize(Action<SerializationContext> serializer) =>
            Marshallers.Create<string>((_, context) => serializer(context), _ => "").Serializer("a");
    }

    [Fact]
    public void StringMarshaller_is_utf8()
    {
        Assert.Equal("Zoë"u8.ToArray(), Marshallers.StringMarshaller.Serializer("Zoë"));
        Assert.Equal("Zoë", Marshallers.StringMarshaller.Deserializer("Zoë"u8.ToArray()));
    }

    [Fact]
    public void Create_null_throws()
    {
        Assert.Throws<ArgumentNullException>(() => Marshallers.Create(null!, (byte[] _) => ""));
        Assert.Throws<ArgumentNullException>(() => Marshallers.Create((string _) => [], null!));
        Assert.Throws<ArgumentNullException>(() => Marshallers.Create(null!, (DeserializationContext _) => ""));
        Assert.Throws<ArgumentNullException>(() => Marshallers.Create((string _, SerializationContext _) => { }, null!));
    }

    [Fact]
    public void DeserializationContext_sequence_falls_back_to_the_array()
    {
        Assert.Equal([1, 2], new PayloadSource([1, 2]).PayloadAsReadOnlySequence().ToArray());
    }

    [Fact]
    public void Contexts_without_support_throw()
    {
        Assert.Throws<NotImplementedException>(() => new PayloadContext().GetBufferWriter());
        Assert.Throws<NotImplementedException>(() => new PayloadContext().SetPayloadLength(1));
        Assert.Throws<NotImplementedException>(() => new PayloadContext().Complete());
    }

    private static void WriteNumber(int number, SerializationContext context)
    {
        context.SetPayloadLength(sizeof(int));
        var writer = context.GetBufferWriter();
        BinaryPrimitives.WriteInt32BigEndian(writer.GetSpan(sizeof(int)), number);
        writer.Advance(sizeof(int));
        context.Complete();
    }

    private static int ReadNumber(DeserializationContext context) =>
        BinaryPrimitives.ReadInt32BigEndian(context.PayloadAsReadOnlySequence().ToArray());

    private sealed class PayloadContext : SerializationContext
    {
        public byte[]? Payload { get; private set; }

        public override void Complete(byte[] payload) => Payload = payload;
    }

    private sealed class PayloadSource(byte[] payload) : DeserializationContext
    {
        public override int PayloadLength => payload.Length;

        public override byte[] PayloadAsNewBuffer() => [.. payload];
    }
}
