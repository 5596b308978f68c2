namespace BooksForYou.Marketplace.Covers;

/// <summary>Tiles that repeat over a field. <c>$a</c> and <c>$b</c> stand for the accent and the second colour.</summary>
internal static class Patterns
{
    public static readonly Pattern Dots = new(18, 18, 0, """
        <circle cx="4.5" cy="4.5" r="3" fill="$a"/><circle cx="13.5" cy="13.5" r="3" fill="$b"/>
        """);

    public static readonly Pattern Stripes = new(20, 20, 38, """
        <path d="M0 0h9v20H0z" fill="$a"/><path d="M13 0h2v20h-2z" fill="$b"/>
        """);

    public static readonly Pattern Waves = new(40, 20, 0, """
        <path d="M0 5q10-9 20 0t20 0" fill="none" stroke="$a" stroke-width="3.5"/><path d="M0 15q10-9 20 0t20 0" fill="none" stroke="$b" stroke-width="2"/>
        """);

    public static readonly Pattern Scales = new(40, 20, 0, """
        <g fill="none" stroke="$a" stroke-width="2"><circle cx="20" cy="20" r="18"/><circle cx="20" cy="20" r="11"/><circle cx="0" cy="10" r="18"/><circle cx="40" cy="10" r="18"/></g><g fill="$b"><circle cx="20" cy="18" r="4"/><circle cx="0" cy="8" r="4"/><circle cx="40" cy="8" r="4"/></g>
        """);

    public static readonly Pattern Zigzag = new(24, 24, 0, """
        <path d="M-2 10 12 0l14 10" fill="none" stroke="$a" stroke-width="4"/><path d="M-2 22 12 12l14 10" fill="none" stroke="$b" stroke-width="2.5"/>
        """);

    public static readonly Pattern Diamonds = new(24, 32, 0, """
        <path d="M12 1 23 16 12 31 1 16z" fill="$a"/><path d="M12 10 17 16 12 22 7 16z" fill="$b"/>
        """);

    public static readonly Pattern Stars = new(44, 44, 0, """
        <path d="m11 3 2.2 5.8L19 11l-5.8 2.2L11 19l-2.2-5.8L3 11l5.8-2.2z" fill="$a"/><path d="m33 27 1.5 4.5L39 33l-4.5 1.5L33 39l-1.5-4.5L27 33l4.5-1.5z" fill="$b"/><circle cx="33" cy="11" r="1.5" fill="$b"/><circle cx="11" cy="33" r="1.5" fill="$a"/>
        """);

    public static readonly Pattern Leaves = new(36, 36, 0, """
        <path d="M3 27C3 13 13 9 22 9 22 19 15 27 3 27z" fill="$a"/><path d="M33 9c-9 0-12 6-12 12 7 0 12-4 12-12z" fill="$b"/><path d="M1 30 18 13" stroke="$b" stroke-width="1.5"/>
        """);

    public static readonly Pattern Tiles = new(32, 32, 0, """
        <path d="M0 0h16a16 16 0 0 1-16 16z" fill="$a"/><path d="M32 32H16a16 16 0 0 1 16-16z" fill="$a"/><path d="M16 16h16A16 16 0 0 0 16 0z" fill="$b"/><path d="M16 16H0a16 16 0 0 0 16 16z" fill="$b"/>
        """);

    public static readonly Pattern Weave = new(24, 24, 45, """
        <path d="M2 0h8v12H2z" fill="$a"/><path d="M12 14h12v8H12z" fill="$b"/><path d="M14 0h8v10h-8z" fill="$a" opacity=".5"/><path d="M0 14h10v8H0z" fill="$b" opacity=".5"/>
        """);
}
