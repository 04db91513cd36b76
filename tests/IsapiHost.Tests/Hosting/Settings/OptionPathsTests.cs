using IsapiHost.Hosting.Settings;

namespace IsapiHost.Tests.Hosting.Settings;

public sealed class OptionPathsTests
{
    private static readonly string _root = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "content root"));

    [Fact]
    public void Relative_paths_start_at_the_content_root()
    {
        IsapiOptions options = new() { Tracing = { Folder = "traces" } };
        options.Filters.Add("f.dll");
        options.Handlers.Add(HandlerMapping.Parse("/app/*", "sub/e.dll"));
        options.VirtualDirectories["/up"] = "..";
        options.ErrorPages["404"] = "404.html";
        options.ErrorPages["500"] = "/errors.dll";

        OptionPaths.Resolve(options, _root);

        Assert.Equal(_root, options.Root);
        Assert.Equal(Path.Combine(_root, "traces"), options.Tracing.Folder);
        Assert.Equal([Path.Combine(_root, "f.dll")], options.Filters);
        Assert.Equal(("/app/*", Path.Combine(_root, "sub", "e.dll")), (options.Handlers[0].Pattern, options.Handlers[0].ModulePath));
        Assert.Equal(Path.GetDirectoryName(_root), options.VirtualDirectories["/up"]);
        Assert.Equal(Path.Combine(_root, "404.html"), new Uri(options.ErrorPages["404"]).LocalPath);
        Assert.Equal("/errors.dll", options.ErrorPages["500"]);
    }

    [Fact]
    public void Absolute_paths_stay()
    {
        var elsewhere = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "elsewhere"));
        IsapiOptions options = new() { Root = elsewhere };

        OptionPaths.Resolve(options, _root);

        Assert.Equal(elsewhere, options.Root);
    }
}
