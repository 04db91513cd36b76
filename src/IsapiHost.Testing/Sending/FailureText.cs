namespace IsapiHost.Testing.Sending;

/// <summary>Why a server could not be reached, down to the cause that helps: the outer exceptions only say that something failed.</summary>
internal static class FailureText
{
    public static string Of(Exception exception)
    {
        List<string> sentences = [];
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            var sentence = cause.Message.Replace(", see inner exception", "", StringComparison.OrdinalIgnoreCase).TrimEnd('.');
            if (!sentences.Any(known => known.Contains(sentence, StringComparison.OrdinalIgnoreCase)))
            {
                sentences.Add(sentence);
            }
        }

        return string.Join(": ", sentences);
    }
}
