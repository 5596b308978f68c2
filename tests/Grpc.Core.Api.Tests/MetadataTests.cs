using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

public sealed class MetadataTests
{
    [Theory]
    [InlineData("x-request-id")]
    [InlineData("a")]
    [InlineData("0.9_z-")]
    public void Entry_valid_key_is_kept_as_the_same_string(string key)
    {
        Assert.Same(key, new Metadata.Entry(key, "value").Key);
    }

    [Fact]
    public void Entry_upper_case_key_becomes_lower_case()
    {
        Assert.Equal("x-request-id.v1", new Metadata.Entry("X-Request-ID.V1", "value").Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData(":path")]
    [InlineData("a:b")]
    [InlineData("a/b")]
    [InlineData("a\n")]
    [InlineData("naïve")]
    [InlineData("\u212A")] // The Kelvin sign, whose lower case is an ASCII k.
    public void Entry_invalid_key_throws(string key)
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "value"));
    }

    [Fact]
    public void Entry_null_throws()
    {
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry(null!, "value"));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("key", (string)null!));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("key-bin", (byte[])null!));
    }

    [Theory]
    [InlineData("data-bin")]
    [InlineData("Data-BIN")]
    public void Entry_text_for_binary_key_throws(string key)
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "value"));
    }

    [Fact]
    public void Entry_bytes_for_text_key_throws()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("data", [1]));
    }

    [Fact]
    public void Entry_text_has_value_and_ascii_bytes()
    {
        var entry = new Metadata.Entry("key", "AZ");

        Assert.False(entry.IsBinary);
        Assert.Equal("AZ", entry.Value);
        Assert.Equal([65, 90], entry.ValueBytes);
    }

    [Fact]
    public void Entry_bytes_has_bytes_as_given_and_no_text()
    {
        var entry = new Metadata.Entry("Data-Bin", [0, 255]);

        Assert.True(entry.IsBinary);
        Assert.Equal("data-bin", entry.Key);
        Assert.Equal([0, 255], entry.ValueBytes);
        Assert.Throws<InvalidOperationException>(() => entry.Value);
    }

    [Fact]
    public void Entry_bytes_cannot_be_changed_from_outside()
    {
        byte[] bytes = [1, 2];
        var entry = new Metadata.Entry("data-bin", bytes);

        bytes[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.Equal([1, 2], entry.ValueBytes);
    }

    [Fact]
    public void ToString_shows_key_and_value()
    {
        Assert.Equal("[Entry: key=key, value=text]", new Metadata.Entry("key", "text").ToString());
        Assert.Equal("[Entry: key=key-bin, valueBytes=01FF]", new Metadata.Entry("key-bin", [1, 255]).ToString());
    }

    [Fact]
    public void Add_same_key_keeps_all_values_in_order()
    {
        var metadata = new Metadata { { "a", "1" }, { "b", "2" }, { "A", "3" } };

        Assert.Equal(["a=1", "b=2", "a=3"], metadata.Select(entry => $"{entry.Key}={entry.Value}"));
        Assert.Equal(["1", "3"], metadata.GetAll("a").Select(entry => entry.Value));
    }

    [Fact]
    public void Get_same_key_finds_the_last()
    {
        var metadata = new Metadata { { "a", "1" }, { "a", "2" }, { "b", "3" } };

        Assert.Equal("2", metadata.GetValue("a"));
        Assert.Same(metadata[1], metadata.Get("a"));
        Assert.Equal([50], metadata.GetValueBytes("a"));
    }

    [Fact]
    public void Get_unknown_key_finds_nothing()
    {
        var metadata = new Metadata { { "a", "1" } };

        Assert.Null(metadata.Get("b"));
        Assert.Null(metadata.GetValue("b"));
        Assert.Null(metadata.GetValueBytes("b"));
        Assert.Empty(metadata.GetAll("b"));
    }

    [Fact]
    public void Get_upper_case_key_finds_nothing()
    {
        Assert.Null(new Metadata { { "A", "1" } }.Get("A"));
    }

    [Fact]
    public void GetValueBytes_binary_key_finds_the_bytes()
    {
        var metadata = new Metadata { { "a-bin", [1, 2, 3] } };

        Assert.Equal([1, 2, 3], metadata.GetValueBytes("a-bin"));
        Assert.Throws<InvalidOperationException>(() => metadata.GetValue("a-bin"));
    }

    [Fact]
    public void List_members_work_on_the_entries_themselves()
    {
        var first = new Metadata.Entry("a", "1");
        var second = new Metadata.Entry("a", "1");
        var third = new Metadata.Entry("b", "2");
        var metadata = new Metadata { first, third };

        metadata.Insert(1, second);
        Assert.Equal([first, second, third], metadata);
        Assert.Equal(1, metadata.IndexOf(second));

        metadata[0] = third;
        Assert.Equal((false, -1), (metadata.Contains(first), metadata.IndexOf(first)));
        Assert.Equal((true, 1), (metadata.Contains(second), metadata.IndexOf(second)));
        Assert.False(metadata.Remove(first));
        Assert.True(metadata.Remove(second));

        metadata.RemoveAt(0);
        Assert.Equal([third], metadata);

        var copy = new Metadata.Entry[2];
        metadata.CopyTo(copy, 1);
        Assert.Same(third, copy[1]);

        metadata.Clear();
        Assert.Equal((0, false), (metadata.Count, metadata.Contains(third)));
    }

    [Fact]
    public void Change_null_entry_throws()
    {
        var metadata = new Metadata { { "a", "1" } };

        Assert.Throws<ArgumentNullException>(() => metadata.Add(null!));
        Assert.Throws<ArgumentNullException>(() => metadata.Insert(0, null!));
        Assert.Throws<ArgumentNullException>(() => metadata[0] = null!);
        Assert.Single(metadata);
    }

    [Fact]
    public void Index_out_of_range_throws()
    {
        var metadata = new Metadata();

        Assert.Throws<ArgumentOutOfRangeException>(() => metadata[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => metadata.RemoveAt(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => metadata.Insert(1, new Metadata.Entry("a", "1")));
    }

    [Fact]
    public void Empty_every_change_throws()
    {
        var entry = new Metadata.Entry("a", "1");

        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.False(new Metadata().IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add(entry));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "1"));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a-bin", [1]));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Insert(0, entry));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty[0] = entry);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Remove(entry));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.RemoveAt(0));
        Assert.Throws<InvalidOperationException>(Metadata.Empty.Clear);
        Assert.Empty(Metadata.Empty);
    }
}
