using IsapiHost.Testing.Files;
using IsapiHost.Testing.HttpFiles;

namespace IsapiHost.Docs.Tests.Checks;

/// <summary>Requests as <c>isapihost test</c> reads them.</summary>
internal static class HttpFileCheck
{
    public static string? FaultOf(string text)
    {
        try
        {
            _ = HttpFile.Parse(text, "block.http");
            return null;
        }
        catch (HttpFileException e)
        {
            return e.Message;
        }
    }
}
