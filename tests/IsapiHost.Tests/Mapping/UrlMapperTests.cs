using IsapiHost.Mapping;

namespace IsapiHost.Tests.Mapping;

public class UrlMapperTests
{
    private static readonly UrlMap _map = new("/srv/www", [new("/images", "/pictures")], PathStyle.Unix);

    [Theory]
    [InlineData("/images/a.png", "/pictures/a.png", 9, 7)]
    [InlineData("/a", "/srv/www/a", 8, 0)]
    public void Without_filters_the_map_decides(string url, string path, int matchingPath, int matchingUrl)
    {
        using var mapped = new UrlMapper(_map, filter: null).Map(url);

        Assert.Equal(path, mapped.Text);
        Assert.Equal((false, matchingPath, matchingUrl), (mapped.IsRefused, mapped.MatchingPath, mapped.MatchingUrl));
    }

    [Fact]
    public void Filters_see_what_the_map_says_and_may_replace_it()
    {
        var filter = new Filter { Answer = "/x" };

        using var mapped = new UrlMapper(_map, filter).Map("/images/a.png");

        Assert.Equal("/images/a.png → /pictures/a.png", filter.Asked);
        Assert.Equal("/x", mapped.Text);
        Assert.Equal(2, mapped.MatchingPath);
    }

    [Fact]
    public void Filters_that_leave_the_path_leave_all_of_it()
    {
        using var mapped = new UrlMapper(_map, new Filter()).Map("/a");

        Assert.Equal("/srv/www/a", mapped.Text);
        Assert.Equal(8, mapped.MatchingPath);
    }

    [Fact]
    public void A_url_that_leaves_the_site_is_refused_before_filters_see_it()
    {
        var filter = new Filter { Answer = "/x" };

        using var mapped = new UrlMapper(_map, filter).Map("/../a");

        Assert.True(mapped.IsRefused);
        Assert.Null(filter.Asked);
    }

    private sealed class Filter : IUrlMapFilter
    {
        public string? Answer { get; init; }

        public string? Asked { get; private set; }

        public ValueTask RunAsync(Action mappings)
        {
            mappings();
            return default;
        }

        string? IUrlMapFilter.Filter(ReadOnlySpan<char> url, ReadOnlySpan<char> path, in MappedUrl mapped)
        {
            Asked = $"{url} → {path}";
            return Answer;
        }
    }
}
