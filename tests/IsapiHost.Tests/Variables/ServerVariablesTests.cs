using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IsapiHost.Requests;
using IsapiHost.Variables;

namespace IsapiHost.Tests.Variables;

public class ServerVariablesTests
{
    [Fact]
    public void A_value_is_written_with_its_nul_and_the_size_counts_it()
    {
        Span<byte> buffer = stackalloc byte[5];
        buffer.Fill(0xAA);

        var result = ServerVariables.Get(new RequestBuilder().View(), "REQUEST_METHOD"u8, buffer, out var size);

        Assert.Equal(VariableResult.Found, result);
        Assert.Equal(4, size);
        Assert.Equal("GET\0\u00AA", Encoding.Latin1.GetString(buffer));
    }

    [Fact]
    public void A_unicode_value_has_a_nul_of_two_bytes_and_its_size_is_in_bytes()
    {
        Span<byte> buffer = stackalloc byte[8];

        var result = ServerVariables.Get(new RequestBuilder().View(), "UNICODE_REQUEST_METHOD"u8, buffer, out var size);

        Assert.Equal(VariableResult.Found, result);
        Assert.Equal(8, size);
        Assert.Equal("GET\0", Encoding.Unicode.GetString(buffer));
    }

    [Fact]
    public void An_empty_value_is_found_and_has_the_size_of_its_nul()
    {
        Span<byte> buffer = [0xAA];

        Assert.Equal(VariableResult.Found, ServerVariables.Get(new RequestBuilder().View(), "QUERY_STRING"u8, buffer, out var size));
        Assert.Equal(1, size);
        Assert.Equal(0, buffer[0]);
    }

    [Theory]
    [InlineData("request_method")]
    [InlineData("Request_Method")]
    [InlineData("unicode_request_method")]
    [InlineData("http_host")]
    [InlineData("header_host")]
    public void Names_are_compared_without_case(string name) => Assert.NotNull(new RequestBuilder().Header("Host", "a.example")[name]);

    [Theory]
    [InlineData("")]
    [InlineData("NO_SUCH_VARIABLE")]
    [InlineData("User-Agent")]
    [InlineData("UNICODE_")]
    [InlineData("UNICODE_UNICODE_URL")]
    [InlineData("UNICODE_HTTP_HOST")]
    [InlineData("UNICODE_HEADER_Host")]
    [InlineData("APP_POOL_CONFIG")]
    [InlineData("FORWARDED_URL")]
    [InlineData("MANAGED_PIPELINE_MODE")]
    [InlineData("REQUEST_M\u00C9THOD")]
    public void Another_name_is_unknown(string name) =>
        Assert.Null(new RequestBuilder().Header("Host", "a.example").Header("User-Agent", "x")[name]);

    [Fact]
    public void A_name_is_bounded()
    {
        var request = new RequestBuilder().Header(new string('a', 251), "fits").Header(new string('a', 252), "too long");

        Assert.Equal("fits", request["HTTP_" + new string('a', 251)]);
        Assert.Null(request["HTTP_" + new string('a', 252)]);
    }

    [Fact]
    public void Without_a_request_there_is_no_data()
    {
        Assert.Equal(VariableResult.NoData, ServerVariables.Get(new RequestView(), "URL"u8, default, out var size));
        Assert.Equal(0, size);
    }

    [Fact]
    public void Before_the_mapping_paths_have_no_data_and_the_rest_has()
    {
        var view = new RequestView();
        view.Initialize(new RequestBuilder().Header("Host", "a.example").Context, new SiteSettings(new IsapiOptions()));

        Assert.Equal(VariableResult.NoData, ServerVariables.Get(view, "URL"u8, new byte[100], out _));
        Assert.Equal(VariableResult.NoData, ServerVariables.Get(view, "UNICODE_PATH_TRANSLATED"u8, new byte[100], out _));
        Assert.Equal("a.example", RequestBuilder.Read(view, "SERVER_NAME"));
        Assert.Equal("80", RequestBuilder.Read(view, "SERVER_PORT"));
        Assert.Equal("1", RequestBuilder.Read(view, "INSTANCE_ID"));
    }

    [Fact]
    public void Every_variable_has_its_unicode_form_of_the_same_text()
    {
        var request = new RequestBuilder { Pattern = "/\u00E9.dll" }.Target("/%C3%A9.dll/\u20AC?q=1", "/\u00E9.dll/\u20AC").Header("X", "\u00FC");

        foreach (var name in VariableTable.Names)
        {
            Assert.Equal(request[name], request["UNICODE_" + name]);
        }
    }

    [Fact]
    public void Whatever_the_size_of_the_buffer_the_value_is_complete_or_the_buffer_untouched()
    {
        var view = new RequestBuilder().Target("/ext.dll/info?a=b").Header("Host", "a.example").Header("X-Long", new string('x', 3000)).View();
        string[] names = [.. VariableTable.Names, .. VariableTable.Names.Select(name => "UNICODE_" + name), "HTTP_HOST", "HEADER_X-Long", "HTTP_NONE", "NONE"];

        var cases =
            from name in Gen.Elements(names)
            from length in Gen.OneOf(Gen.Choose(0, 40), Gen.Choose(0, 8000))
            select (Name: name, Length: length);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(cases.ToArbitrary(), test =>
        {
            var name = Encoding.ASCII.GetBytes(test.Name);
            var whole = new byte[10_000];
            var reference = ServerVariables.Get(view, name, whole, out var needed);

            var buffer = Enumerable.Repeat((byte)0xAA, test.Length).ToArray();
            var result = ServerVariables.Get(view, name, buffer, out var size);
            var written = result == VariableResult.Found ? size : 0;

            Assert.Equal(needed, size);
            Assert.Equal(reference == VariableResult.Found && needed > test.Length ? VariableResult.TooSmall : reference, result);
            Assert.True(buffer.AsSpan(0, written).SequenceEqual(whole.AsSpan(0, written)));
            Assert.All(buffer[written..], value => Assert.Equal(0xAA, value));
        }));
    }

    [Theory]
    [InlineData("REQUEST_METHOD")]
    [InlineData("SCRIPT_NAME")]
    [InlineData("PATH_TRANSLATED")]
    [InlineData("HTTP_USER_AGENT")]
    [InlineData("SERVER_PORT")]
    [InlineData("REMOTE_ADDR")]
    [InlineData("HTTPS")]
    [InlineData("UNICODE_URL")]
    public void Common_variables_allocate_nothing(string name)
    {
        var view = new RequestBuilder().Header("User-Agent", "x").Header("Host", "a.example:81").View();
        var encodedName = Encoding.ASCII.GetBytes(name);
        var buffer = new byte[4096];
        ServerVariables.Get(view, encodedName, buffer, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        ServerVariables.Get(view, encodedName, buffer, out _);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
