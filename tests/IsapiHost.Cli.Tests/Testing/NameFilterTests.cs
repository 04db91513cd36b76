using IsapiHost.Cli.Testing;
using IsapiHost.Testing.HttpFiles;

namespace IsapiHost.Cli.Tests.Testing;

public sealed class NameFilterTests
{
    private static readonly HttpFile[] _files =
    [
        HttpFile.Parse("### greets by name\nGET /\n\n### greets strangers\nGET /\n", "a.http"), HttpFile.Parse("### uploads (1.5 MB)\nPOST /\n", "b.http"),
    ];

    [Theory]
    [InlineData("greets", "greets by name,greets strangers")]
    [InlineData("STRANGER", "greets strangers")]
    [InlineData("g*name", "greets by name")]
    [InlineData("(1.5", "uploads (1.5 MB)")]
    [InlineData("*", "greets by name,greets strangers,uploads (1.5 MB)")]
    public void Names_contain_the_text(string text, string names)
    {
        NameFilter filter = new(text);

        Assert.Equal(names, string.Join(',', filter.Select(_files).SelectMany(file => file.Requests).Where(filter.Takes).Select(request => request.Name)));
    }

    [Fact]
    public void A_text_that_no_name_contains_is_bad_input()
    {
        BadTestInputException failure = Assert.Throws<BadTestInputException>(() => new NameFilter("1x5").Select(_files));

        Assert.StartsWith("--name 1x5: none of 3 requests has such a name.", Assert.Single(failure.Faults), StringComparison.Ordinal);
    }
}
