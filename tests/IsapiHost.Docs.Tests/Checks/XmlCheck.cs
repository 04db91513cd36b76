using System.Xml;
using System.Xml.Linq;

namespace IsapiHost.Docs.Tests.Checks;

/// <summary>XML, or a part of a document such as some lines of a project file.</summary>
internal static class XmlCheck
{
    public static string? FaultOf(string text)
    {
        try
        {
            _ = text.StartsWith("<?xml", StringComparison.Ordinal) ? XDocument.Parse(text) : XDocument.Parse($"<part>{text}</part>");
            return null;
        }
        catch (XmlException e)
        {
            return e.Message;
        }
    }
}
