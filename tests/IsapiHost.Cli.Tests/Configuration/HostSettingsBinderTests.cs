namespace IsapiHost.Cli.Tests.Configuration;

public sealed class HostSettingsBinderTests
{
    [Fact]
    public void A_module_is_addressed_by_its_file_name()
    {
        HandlerMapping handler = Assert.Single(Bound.From(["--dll", "some/where/Ext.dll"]).Settings.Handlers);

        Assert.Equal("/Ext.dll", handler.Pattern);
        Assert.Equal(Path.GetFullPath("some/where/Ext.dll"), handler.ModulePath);
    }

    [Fact]
    public void Modules_come_before_patterns_so_that_a_wildcard_cannot_hide_them() =>
        Assert.Equal(
            ["/a.dll", "/b.dll", "*", "*.abc"],
            Bound.From(["--map", "*=w.dll", "--dll", "a.dll", "--map", "*.abc=s.dll", "--dll", "b.dll"]).Settings.Handlers.Select(handler => handler.Pattern));

    [Fact]
    public void Settings_say_the_same_as_options()
    {
        Bound bound = Bound.From(
            [], ("Isapi:Dlls:0", "a.dll"), ("Isapi:Maps:0", "*.abc=b.dll"), ("Isapi:Root", ".."), ("Isapi:Urls", "http://a;http://b"), ("Isapi:LogRequests", "true"));

        Assert.Empty(bound.Faults);
        Assert.Equal(["/a.dll", "*.abc"], bound.Settings.Handlers.Select(handler => handler.Pattern));
        Assert.Equal(Path.GetFullPath(".."), bound.Settings.Options.Root);
        Assert.Equal(["http://a", "http://b"], bound.Settings.Urls);
        Assert.True(bound.Settings.LogRequests);
    }

    [Fact]
    public void An_option_replaces_the_whole_setting_of_the_same_meaning_and_no_other()
    {
        Bound bound = Bound.From(
            ["--dll", "x.dll", "--log-requests", "false", "--root", "."],
            ("Isapi:Dlls:0", "a.dll"), ("Isapi:Dlls:1", "b.dll"), ("Isapi:Maps:0", "*=m.dll"), ("Isapi:Root", "/no/such/folder"), ("Isapi:LogRequests", "true"));

        Assert.Empty(bound.Faults);
        Assert.Equal(["/x.dll", "*"], bound.Settings.Handlers.Select(handler => handler.Pattern));
        Assert.Equal(Directory.GetCurrentDirectory(), bound.Settings.Options.Root);
        Assert.False(bound.Settings.LogRequests);
    }

    [Fact]
    public void A_single_text_counts_as_a_list_of_one() =>
        Assert.Equal("/a.dll", Assert.Single(Bound.From([], ("Isapi:Dlls", "a.dll")).Settings.Handlers).Pattern);

    [Fact]
    public void Error_pages_are_given_by_status()
    {
        Bound bound = Bound.From(["--dll", "a.dll"], ("Isapi:ErrorPages:404", "./404.html"), ("Isapi:ErrorPages:403.4", "/errors.dll"));

        Assert.Empty(bound.Faults);
        Assert.Equal(Path.GetFullPath("404.html"), new Uri(bound.Options().ErrorPages["404"]).LocalPath);
        Assert.Equal("/errors.dll", bound.Options().ErrorPages["403.4"]);
        Assert.Contains("'ten'", Assert.Single(Bound.From(["--dll", "a.dll"], ("Isapi:ErrorPages:ten", "/a")).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Library_options_are_set_by_their_own_names()
    {
        IsapiOptions options = Bound.From(
            ["--dll", "a.dll"],
            ("isapi:threads:limit", "7"), ("Isapi:ShutdownTimeout", "5"), ("Isapi:InterfaceVersion", "5.1"), ("Isapi:AllowPathInfoForScriptMappings", "true")).Options();

        Assert.Equal(7, options.Threads.Limit);
        Assert.Equal(TimeSpan.FromSeconds(5), options.ShutdownTimeout);
        Assert.Equal(new Version(5, 1), options.InterfaceVersion);
        Assert.True(options.AllowPathInfoForScriptMappings);
        Assert.Equal("/a.dll", Assert.Single(options.Handlers).Pattern);
    }

    [Fact]
    public void Virtual_directories_are_handed_on_as_absolute_folders()
    {
        IsapiOptions options = Bound.From(["--dll", "a.dll"], ("Isapi:VirtualDirectories:/up/", "..")).Options();

        Assert.Equal(Path.GetFullPath(".."), options.VirtualDirectories["/up/"]);
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        Bound bound = Bound.From(
            ["--nope", "--map", "abc", "--map", "a.b=x.dll", "--root", "/no/such/folder", "--urls", "localhost:80"],
            ("Isapi:Rot", "x"), ("Isapi:Threads:Limit", "0"), ("Isapi:ShutdownTimeout", "soon"), ("Isapi:LogRequests", "ja"));

        string[] places = ["--nope", "--map", "--map", "--root", "--urls", "Isapi:Rot", "Isapi:Threads:Limit", "Isapi:ShutdownTimeout", "Isapi:LogRequests"];
        Assert.Equal(places.Length, bound.Faults.Count);
        Assert.All(places, place => Assert.Contains(bound.Faults, fault => fault.Contains(place, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Nothing_to_serve_is_a_fault() => Assert.StartsWith("nothing to serve:", Assert.Single(Bound.From([]).Faults), StringComparison.Ordinal);

    [Fact]
    public void Two_modules_cannot_have_one_address()
    {
        string fault = Assert.Single(Bound.From(["--dll", "a/ext.dll", "--dll", "b/EXT.dll"]).Faults);

        Assert.Contains("/EXT.dll is taken already", fault, StringComparison.Ordinal);
        Assert.Contains("--map", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Isapi:Mapz:0", "Did you mean Maps?")]
    [InlineData("Isapi:ThreadLimit", "Did you mean Threads:Limit?")]
    [InlineData("Isapi:Elephant", "Known are Dlls, Maps, Forward, ForwardTimeout,")]
    public void An_unknown_setting_gets_the_nearest_known_one(string key, string remedy) =>
        Assert.Contains(remedy, Assert.Single(Bound.From(["--dll", "a.dll"], (key, "x")).Faults), StringComparison.Ordinal);

    [Theory]
    [InlineData("Isapi:Root:Deeper")]
    [InlineData("Isapi:Threads:Limit:0")]
    [InlineData("Isapi:Dlls:0:Path")]
    [InlineData("Isapi:VirtualDirectories")]
    [InlineData("Isapi:VirtualDirectories:images")]
    public void A_setting_of_the_wrong_shape_is_a_fault(string key) => Assert.Single(Bound.From(["--map", "*=a.dll"], (key, ".")).Faults);

    [Theory]
    [InlineData("Uploads:ReadAheadSize", "4294967296")]
    [InlineData("Uploads:ReadAheadSize", "48K")]
    [InlineData("Responses:BufferLimit", "-1")]
    [InlineData("Threads:Limit", "10001")]
    [InlineData("Threads:QueueLimit", "1.5")]
    [InlineData("InterfaceVersion", "8")]
    [InlineData("InterfaceVersion", "8.0.1")]
    [InlineData("InterfaceVersion", "70000.0")]
    [InlineData("ShutdownTimeout", "-1")]
    [InlineData("ShutdownTimeout", "30s")]
    [InlineData("AnsiCodePage", "latin")]
    [InlineData("Site:Id", "0")]
    [InlineData("Uploads:MaxSize", "30MB")]
    [InlineData("Uploads:SpoolLimit", "-1")]
    [InlineData("Responses:MinDataRate", "slow")]
    [InlineData("AllowPathInfoForScriptMappings", "yes")]
    public void A_value_out_of_bounds_is_a_fault(string setting, string value)
    {
        string fault = Assert.Single(Bound.From(["--dll", "a.dll"], ($"Isapi:{setting}", value)).Faults);

        Assert.Contains($"\"{value}\"", fault, StringComparison.Ordinal);
        Assert.Contains("write ", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Root")]
    [InlineData("Filters:0")]
    [InlineData("Dlls:1")]
    [InlineData("VirtualDirectories:/images")]
    [InlineData("ErrorPages:404")]
    [InlineData("Tracing:Folder")]
    [InlineData("Tracing:When")]
    [InlineData("Site:ServerSoftware")]
    [InlineData("Urls")]
    [InlineData("Forward")]
    public void A_NUL_is_named_and_nothing_fails(string setting) =>
        Assert.NotEmpty(Bound.From([], ("Isapi:Dlls:0", "a.dll"), ($"Isapi:{setting}", "\0")).Faults);

    [Fact]
    public void The_default_address_is_used_if_nobody_says_otherwise()
    {
        Assert.Equal(["http://localhost:8080"], Bound.From(["--dll", "a.dll"]).Settings.Urls);
        Assert.Empty(Bound.From(["--dll", "a.dll"], ("Kestrel:Endpoints:Web:Url", "http://*:80")).Settings.Urls);
        Assert.Empty(Bound.From(["--dll", "a.dll"], ("http_ports", "80")).Settings.Urls);
        Assert.Equal(["http://a"], Bound.From(["--dll", "a.dll", "--urls", "http://a"], ("Kestrel:Endpoints:Web:Url", "http://*:80")).Settings.Urls);
    }
}
