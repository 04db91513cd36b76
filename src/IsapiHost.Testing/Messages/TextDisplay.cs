using System.Globalization;
using System.Text;

namespace IsapiHost.Testing.Messages;

/// <summary>Received text made fit for a terminal and a report: control characters are shown, not obeyed.</summary>
internal static class TextDisplay
{
    public static string Show(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        StringBuilder shown = new(text.Length + 8);
        foreach (char c in text)
        {
            _ = c switch
            {
                '\r' => shown.Append(@"\r"),
                '\n' => shown.Append(@"\n"),
                '\t' => shown.Append(@"\t"),
                _ when char.IsControl(c) => shown.Append(CultureInfo.InvariantCulture, $@"\x{(int)c:x2}"),
                _ => shown.Append(c),
            };
        }

        return shown.ToString();
    }
}
