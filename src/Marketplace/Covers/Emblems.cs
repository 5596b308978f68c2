namespace BooksForYou.Marketplace.Covers;

/// <summary>Small drawings on a square of 100 by 100 units. <c>$a</c>, <c>$b</c> and <c>$g</c> stand for the accent, the second colour and the ground.</summary>
internal static class Emblems
{
    public const string Keyhole = """
        <circle cx="50" cy="50" r="46" fill="$a"/><path d="M50 22a16 16 0 0 1 8.5 29.5L65 80H35l6.5-28.5A16 16 0 0 1 50 22z" fill="$g"/>
        """;

    public const string Magnifier = """
        <circle cx="42" cy="42" r="31" fill="none" stroke="$a" stroke-width="9"/><path d="M65 65 91 91" stroke="$a" stroke-width="13" stroke-linecap="round"/><path d="M25 44a17 17 0 0 1 15-18" fill="none" stroke="$b" stroke-width="5" stroke-linecap="round"/>
        """;

    public const string Eye = """
        <path d="M2 50Q50 4 98 50 50 96 2 50z" fill="$a"/><circle cx="50" cy="50" r="23" fill="$g"/><circle cx="50" cy="50" r="12" fill="$b"/><circle cx="56" cy="44" r="4" fill="$g"/>
        """;

    public const string Dagger = """
        <path d="M50 2 60 18v46H40V18z" fill="$a"/><path d="M50 2v62H40V18z" fill="$b"/><path d="M22 64h56v8H22z" fill="$a"/><path d="M45 72h10v20a5 5 0 0 1-10 0z" fill="$b"/>
        """;

    public const string Candle = """
        <path d="M36 44h28v50H36z" fill="$a"/><path d="M36 44h28v8c-4 10-8-2-12 4-5 7-8-1-16 4z" fill="$b"/><path d="M50 4c14 16 12 30 0 33-12-3-14-17 0-33z" fill="$b"/><path d="M24 94h52v4H24z" fill="$a"/>
        """;

    public const string Planet = """
        <circle cx="50" cy="50" r="29" fill="$a"/><ellipse cx="50" cy="50" rx="48" ry="13" fill="none" stroke="$b" stroke-width="5" transform="rotate(-22 50 50)"/><path d="M21 50a29 29 0 0 1 58 0z" fill="$a" transform="rotate(-22 50 50)"/><circle cx="88" cy="16" r="4" fill="$b"/><circle cx="10" cy="22" r="2.5" fill="$b"/>
        """;

    public const string Rocket = """
        <path d="M34 48 16 76l20-5zM66 48 84 76l-20-5z" fill="$b"/><path d="M50 2c19 17 23 42 17 70H33C27 44 31 19 50 2z" fill="$a"/><circle cx="50" cy="36" r="9" fill="$g"/><path d="M41 76h18L50 98z" fill="$b"/>
        """;

    public const string Atom = """
        <g fill="none" stroke="$a" stroke-width="4.5"><ellipse cx="50" cy="50" rx="47" ry="17"/><ellipse cx="50" cy="50" rx="47" ry="17" transform="rotate(60 50 50)"/><ellipse cx="50" cy="50" rx="47" ry="17" transform="rotate(120 50 50)"/></g><circle cx="50" cy="50" r="9" fill="$b"/>
        """;

    public const string Moon = """
        <path d="M64 8a44 44 0 1 0 28 62A37 37 0 1 1 64 8z" fill="$a"/><path d="m74 24 3 9 9 3-9 3-3 9-3-9-9-3 9-3zM58 46l2 5 5 2-5 2-2 5-2-5-5-2 5-2z" fill="$b"/>
        """;

    public const string Mountains = """
        <circle cx="66" cy="32" r="20" fill="$b"/><path d="M0 92 38 28 58 62 68 48 100 92z" fill="$a"/><path d="M38 28 26 48l7-2 6 7 5-7 6 2z" fill="$g"/>
        """;

    public const string Castle = """
        <path d="M18 96V36h-6V12h13v9h11v-9h12v9h4v-9h12v9h11v-9h13v24h-6v60H63V74a13 13 0 0 0-26 0v22z" fill="$a"/><path d="M30 54V44a5 5 0 0 1 10 0v10zM60 54V44a5 5 0 0 1 10 0v10z" fill="$b"/>
        """;

    public const string Crown = """
        <path d="M12 74 4 26l26 20L50 12l20 34 26-20-8 48z" fill="$a"/><path d="M13 80h74v9H13z" fill="$b"/><circle cx="50" cy="60" r="6" fill="$b"/><circle cx="29" cy="62" r="4" fill="$b"/><circle cx="71" cy="62" r="4" fill="$b"/>
        """;

    public const string Key = """
        <circle cx="50" cy="24" r="18" fill="none" stroke="$a" stroke-width="10"/><path d="M45 42h10v52H45z" fill="$a"/><path d="M55 66h18v9H55zM55 81h12v9H55z" fill="$b"/>
        """;

    public const string Heart = """
        <path d="M50 92C8 60 2 40 8 26 17 6 42 9 50 30 58 9 83 6 92 26c6 14 0 34-42 66z" fill="$a"/><path d="M50 74C28 56 24 46 27 39c4-9 18-8 23 3 5-11 19-12 23-3 3 7-1 17-23 35z" fill="$b"/>
        """;

    public const string Flower = """
        <g fill="$a"><circle cx="50" cy="24" r="19"/><circle cx="72.5" cy="37" r="19"/><circle cx="72.5" cy="63" r="19"/><circle cx="50" cy="76" r="19"/><circle cx="27.5" cy="63" r="19"/><circle cx="27.5" cy="37" r="19"/></g><circle cx="50" cy="50" r="15" fill="$b"/>
        """;

    public const string Quill = """
        <path d="M22 86C28 46 50 14 94 4 92 48 66 74 38 76z" fill="$a"/><path d="M12 98C28 68 52 42 78 20" fill="none" stroke="$b" stroke-width="4" stroke-linecap="round"/>
        """;

    public const string Compass = """
        <circle cx="50" cy="50" r="40" fill="none" stroke="$b" stroke-width="3"/><path d="M50 50 74 26 60 50 74 74 50 60 26 74 40 50 26 26z" fill="$b"/><path d="M50 0 59 41 100 50 59 59 50 100 41 59 0 50 41 41z" fill="$a"/>
        """;

    public const string Sprout = """
        <path d="M49 98V48" stroke="$a" stroke-width="6" fill="none"/><path d="M49 66C49 40 26 30 4 32 6 56 22 70 49 66z" fill="$a"/><path d="M50 46C50 20 72 4 96 6 96 32 78 52 50 46z" fill="$b"/>
        """;

    public const string Hourglass = """
        <path d="M28 10h44c0 24-16 28-16 40s16 16 16 40H28c0-24 16-28 16-40S28 34 28 10z" fill="$b"/><path d="M36 26h28c-4 9-10 13-14 20-4-7-10-11-14-20zM32 88c3-12 13-14 18-22 5 8 15 10 18 22z" fill="$g"/><path d="M20 4h60v8H20zM20 88h60v8H20z" fill="$a"/>
        """;

    public const string Columns = """
        <path d="M50 2 96 24H4z" fill="$b"/><path d="M8 27h84v7H8zM18 38h12v44H18zM44 38h12v44H44zM70 38h12v44H70zM12 85h76v5H12zM6 92h88v5H6z" fill="$a"/>
        """;

    public const string Lighthouse = """
        <path d="M40 18 0 4v30zM60 18l40-14v30z" fill="$b" opacity=".55"/><path d="M40 30h20l9 66H31z" fill="$a"/><path d="M37.3 50h25.4l2 16H35.3z" fill="$b"/><path d="M41 14h18v13H41z" fill="$b"/><path d="M36 14 50 2l14 12zM36 26h28v5H36z" fill="$a"/>
        """;

    public const string Balloon = """
        <path d="M50 2c27 0 40 19 40 36 0 20-21 33-31 42H41C31 71 10 58 10 38 10 21 23 2 50 2z" fill="$a"/><path d="M50 2c11 0 16 19 16 36 0 20-8 33-11 42H45c-3-9-11-22-11-42C34 21 39 2 50 2z" fill="$b"/><path d="M42 85h16v12H42z" fill="$a"/>
        """;

    public const string Sailboat = """
        <path d="M47 4v64H8C27 54 41 33 47 4z" fill="$a"/><path d="M54 18c20 13 31 31 35 50H54z" fill="$b"/><path d="M4 75h92L81 94H19z" fill="$a"/>
        """;

    public const string Tree = """
        <path d="M46 56h8v42h-8z" fill="$b"/><g fill="$a"><circle cx="50" cy="30" r="27"/><circle cx="29" cy="47" r="19"/><circle cx="71" cy="47" r="19"/></g><path d="M50 62 66 46M50 56 36 42" stroke="$b" stroke-width="4"/>
        """;

    public const string Portrait = """
        <ellipse cx="50" cy="50" rx="41" ry="49" fill="$b"/><path d="M50 20c12 0 18 9 18 19 0 8-3 14-8 18v6c12 3 22 9 25 18-9 11-21 18-35 18s-26-7-35-18c3-9 13-15 25-18v-6c-5-4-8-10-8-18 0-10 6-19 18-19z" fill="$a"/>
        """;

    public const string Sunrise = """
        <path d="M16 70a34 34 0 0 1 68 0z" fill="$a"/><path d="M0 76h100v6H0zM14 88h72v6H14z" fill="$b"/><path d="M50 8v18M14 24l12 13M86 24 74 37M0 58h12M88 58h12" stroke="$a" stroke-width="6" stroke-linecap="round"/>
        """;

    public const string Stairs = """
        <path d="M4 96V76h24V56h24V36h24V16h20v80z" fill="$a"/><circle cx="40" cy="30" r="12" fill="$b"/>
        """;

    public const string Window = """
        <path d="M14 98V44a36 36 0 0 1 72 0v54z" fill="$a"/><path d="M24 90V68h22v22zM54 90V68h22v22zM24 60V46h22v14zM54 60V46h22v14zM25 38a26 26 0 0 1 21-18v18zM54 20a26 26 0 0 1 21 18H54z" fill="$b"/>
        """;

    public const string Bird = """
        <path d="M2 40c20-4 32 2 42 16C50 30 66 12 98 8 92 26 88 34 78 42c8-2 12-2 18 0-10 6-14 10-20 22-8 16-26 24-48 26 8-6 13-11 16-18C30 68 14 58 2 40z" fill="$a"/><circle cx="22" cy="20" r="12" fill="$b"/>
        """;

    public const string Chair = """
        <path d="M26 4h8v50h-8zM66 4h8v50h-8z" fill="$a"/><path d="M34 10h32v8H34zM34 24h32v8H34zM34 38h32v8H34z" fill="$b"/><path d="M20 54h60v10H20z" fill="$a"/><path d="M24 64h7v34h-7zM69 64h7v34h-7z" fill="$a"/><path d="M31 76h38v5H31z" fill="$b"/>
        """;

    public const string Kite = """
        <path d="M58 2 92 36 50 70 24 24z" fill="$a"/><path d="M58 2 50 70 24 24zM92 36 40 50l10 20z" fill="$b" opacity=".8"/><path d="M50 70c-4 12-20 4-22 14s-14 4-20 14" fill="none" stroke="$a" stroke-width="4" stroke-linecap="round"/>
        """;

    public const string Shell = """
        <path d="M50 94C20 88 4 66 6 44 8 20 26 6 50 6s42 14 44 38c2 22-14 44-44 50z" fill="$a"/><path d="M50 92V10M47 90 24 16M53 90 76 16M44 86 8 36M56 86 92 36" stroke="$b" stroke-width="4" fill="none"/><path d="M38 88h24v9H38z" fill="$b"/>
        """;
}
