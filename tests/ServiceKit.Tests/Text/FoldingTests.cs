using BooksForYou.ServiceKit.Text;

namespace BooksForYou.ServiceKit.Tests.Text;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("Harry Potter", "harry potter")]
    [InlineData("Les Misérables", "les miserables")]
    [InlineData("Les Mise\u0301rables", "les miserables")]
    [InlineData("Männer, die Ärger MACHEN", "manner die arger machen")]
    [InlineData("Straße Æon Œuvre Þór", "strasse aeon oeuvre thor")]
    [InlineData("Złota księga", "zlota ksiega")]
    [InlineData("Ελλάδα Ὀδυσσεύς", "ελλαδα οδυσσευσ")]
    [InlineData("Ёлка и чай", "елка и чаи")]
    [InlineData("The Hitchhiker's Guide", "the hitchhikers guide")]
    [InlineData("The Hitchhiker\u2019s Guide", "the hitchhikers guide")]
    [InlineData("J.K. Rowling", "jk rowling")]
    [InlineData("J. R. R. Tolkien", "jrr tolkien")]
    [InlineData("Plan B. And more", "plan b and more")]
    [InlineData("E. M. Forster, C. S. Lewis", "em forster cs lewis")]
    [InlineData("1984", "1984")]
    [InlineData("Catch-22", "catch 22")]
    [InlineData("  ?!*\"'()  ", "")]
    [InlineData("", "")]
    [InlineData("吾輩は猫である", "吾輩は猫である")]
    [InlineData("nul\0l 🙂 emoji", "nul l emoji")]
    public void Key_text_is_folded(string text, string key) => Assert.Equal(key, Folding.Key(text));

    [Fact]
    public void Key_unpaired_surrogate_is_no_letter() => Assert.Equal("a b", Folding.Key("a\uD800b"));

    [Fact]
    public void Words_endless_word_is_cut() => Assert.Equal(64, Assert.Single(Folding.Words(new string('x', 10_000))).Length);
}
