namespace IsapiHost.Tests.Variables;

public class SiteVariablesTests
{
    [Theory]
    [InlineData("APPL_MD_PATH", "/LM/W3SVC/1/ROOT")]
    [InlineData("APP_POOL_ID", "DefaultAppPool")]
    [InlineData("GATEWAY_INTERFACE", "CGI/1.1")]
    [InlineData("INSTANCE_ID", "1")]
    [InlineData("INSTANCE_META_PATH", "/LM/W3SVC/1")]
    [InlineData("INSTANCE_NAME", "Default Web Site")]
    [InlineData("REQUEST_FLAGS", "0")]
    [InlineData("SERVER_SOFTWARE", "IsapiHost/0.1")]
    [InlineData("SSI_EXEC_DISABLED", "0")]
    public void The_site_describes_itself(string name, string expected) => Assert.Equal(expected, new RequestBuilder()[name]);

    [Fact]
    public void Its_folder_is_given_with_and_without_a_separator()
    {
        Assert.Equal(RequestBuilder.Root, new RequestBuilder()["DOCUMENT_ROOT"]);
        Assert.Equal(RequestBuilder.Root + Path.DirectorySeparatorChar, new RequestBuilder()["APPL_PHYSICAL_PATH"]);
    }

    [Fact]
    public void The_options_rename_it()
    {
        var request = new RequestBuilder();
        request.Options.Site.Id = 7;
        request.Options.Site.Name = "Shop";
        request.Options.Site.ApplicationPool = "Pool7";
        request.Options.Site.ServerSoftware = "Microsoft-IIS/10.0";

        Assert.Equal("7", request["INSTANCE_ID"]);
        Assert.Equal("/LM/W3SVC/7/ROOT", request["APPL_MD_PATH"]);
        Assert.Equal("Shop", request["INSTANCE_NAME"]);
        Assert.Equal("Pool7", request["APP_POOL_ID"]);
        Assert.Equal("Microsoft-IIS/10.0", request["SERVER_SOFTWARE"]);
    }

    [Fact]
    public void The_default_software_is_this_host() => Assert.StartsWith("IsapiHost/", new IsapiOptions().Site.ServerSoftware, StringComparison.Ordinal);
}
