using IsapiHost.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace IsapiHost.Tests.Hosting.Settings;

public sealed class IsapiConfigurationTests
{
    [Fact]
    public void Every_option_but_the_encoding_of_headers_can_be_set_by_configuration()
    {
        var properties = OptionProperty.Of(new IsapiOptions()).Select(option => option.Name);

        Assert.Equal(["Handlers", "RequestHeaderEncoding"], properties.Except(IsapiConfiguration.Names));
    }

    [Fact]
    public void Settings_reach_the_property_of_the_same_name()
    {
        var options = Bind(
            ("Threads:Limit", "7"), ("uploads:maxsize", "unlimited"), ("Uploads:ReadAheadSize", "4294967295"), ("ShutdownTimeout", "5"),
            ("RequestTimeWarning", "00:01:30"), ("InterfaceVersion", "5.1"), ("Responses:KernelFileTransfer", "False"), ("Site:Name", "Shop"),
            ("Filters:0", "a.dll"), ("Filters:1", "b.dll"), ("VirtualDirectories:/images", "pictures"), ("ErrorPages:404.2", "/missing"));

        Assert.Equal(7, options.Threads.Limit);
        Assert.Null(options.Uploads.MaxSize);
        Assert.Equal(uint.MaxValue, options.Uploads.ReadAheadSize);
        Assert.Equal(TimeSpan.FromSeconds(5), options.ShutdownTimeout);
        Assert.Equal(TimeSpan.FromSeconds(90), options.RequestTimeWarning);
        Assert.Equal(new Version(5, 1), options.InterfaceVersion);
        Assert.False(options.Responses.KernelFileTransfer);
        Assert.Equal("Shop", options.Site.Name);
        Assert.Equal(["a.dll", "b.dll"], options.Filters);
        Assert.Equal("pictures", options.VirtualDirectories["/images"]);
        Assert.Equal("/missing", options.ErrorPages["404.2"]);
    }

    [Fact]
    public void Dlls_answer_at_their_file_names_and_come_before_maps()
    {
        var options = Bind(("Maps:0", "*=all.dll"), ("Maps:1", "*.abc = x/script.dll"), ("Dlls:0", @"C:\legacy\Ext.dll"));

        Assert.Equal(["/Ext.dll", "*", "*.abc"], options.Handlers.Select(handler => handler.Pattern));
        Assert.Equal([@"C:\legacy\Ext.dll", "all.dll", "x/script.dll"], options.Handlers.Select(handler => handler.ModulePath));
    }

    [Fact]
    public void A_blank_value_counts_as_not_given() => Assert.Equal(256, Bind(("Threads:Limit", ""), ("Filters:0", " ")).Threads.Limit);

    [Theory]
    [InlineData("Threads:Limt", "1", "unknown setting. Did you mean Threads:Limit?")]
    [InlineData("ThreadLimit", "1", "unknown setting. Did you mean Threads:Limit?")]
    [InlineData("Elephant:Size", "1", "unknown setting. Known are Dlls, Maps,")]
    [InlineData("Threads:Limit", "many", "\"many\": write a whole number from 1 to 10000.")]
    [InlineData("Threads:Limit", "99999999999", "\"99999999999\": write a whole number from 1 to 10000.")]
    [InlineData("Uploads:MaxSize", "30MB", "\"30MB\": write a whole number from 0 to 9223372036854775807, or unlimited.")]
    [InlineData("ShutdownTimeout", "soon", "\"soon\": write seconds (30) or hh:mm:ss (00:00:30), from 0 to 2073540 seconds.")]
    [InlineData("Uploads:SpoolChunked", "yes", "\"yes\": write true or false.")]
    [InlineData("Threads", "7", "\"7\": Threads is an object:")]
    [InlineData("Threads:Limit:0", "7", "Threads:Limit takes a single value, not a list or an object.")]
    [InlineData("Filters:first", "a.dll", "Filters is a list of texts:")]
    [InlineData("Dlls:0:Path", "a.dll", "Dlls is a list of texts:")]
    [InlineData("VirtualDirectories", ".", "VirtualDirectories is an object:")]
    [InlineData("Maps:0", "abc", "\"abc\" is not PATTERN=PATH.")]
    [InlineData("Maps:0", "a.b=x.dll", "The handler pattern 'a.b' is not understood:")]
    public void A_fault_has_the_setting_and_a_remedy(string name, string value, string message)
    {
        var fault = Assert.Single(IsapiConfiguration.Bind(Section((name, value)), new IsapiOptions()));

        Assert.StartsWith(fault.Name, name, StringComparison.Ordinal);
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_modules_cannot_have_one_address()
    {
        var fault = Assert.Single(IsapiConfiguration.Bind(Section(("Dlls:0", "a/ext.dll"), ("Dlls:1", "b/EXT.dll")), new IsapiOptions()));

        Assert.Equal("Dlls:1", fault.Name);
        Assert.StartsWith("/EXT.dll is taken already by a/ext.dll (Dlls:0).", fault.Message, StringComparison.Ordinal);
    }

    private static IsapiOptions Bind(params (string Name, string Value)[] settings)
    {
        IsapiOptions options = new();
        Assert.Empty(IsapiConfiguration.Bind(Section(settings), options));
        return options;
    }

    private static IConfigurationSection Section(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Isapi:{setting.Name}", (string?)setting.Value)))
        .Build()
        .GetSection("Isapi");
}
