using FsCheck;
using FsCheck.Fluent;

namespace IsapiHost.Tests.Mapping;

/// <summary>Texts made of what makes URLs dangerous, and of arbitrary characters.</summary>
internal static class UrlTexts
{
    private static readonly string[] Pieces =
    [
        "/", "//", "/../", "..", ".", "...", ".. ", "\\", "\\..\\", "%2e", "%2f", "%5c", "%00", "%", "%252e", "?", ":", "C:", "::$DATA",
        "\0", "nul", "con.txt", "a", "b.abc", "images", "/images/", "é", "\uD800", " ", "~1", "http://", "*",
    ];

    public static Arbitrary<string> Any()
    {
        var piece = Gen.OneOf(Gen.Elements(Pieces), Gen.Choose(0, 0xFFFF).Select(code => ((char)code).ToString()));
        return piece.ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary();
    }
}
