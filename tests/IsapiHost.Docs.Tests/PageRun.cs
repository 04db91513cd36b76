using IsapiHost.Docs.Tests.Checks;

namespace IsapiHost.Docs.Tests;

/// <summary>Checks the blocks of a page in their order, in one folder, as a reader would.</summary>
internal sealed class PageRun
{
    private readonly PageFolder _folder;
    private readonly Shell _shell;

    private PageRun(PageFolder folder)
    {
        _folder = folder;
        _shell = new Shell(folder);
    }

    /// <summary>The results, by the line of the block.</summary>
    public static async Task<IReadOnlyDictionary<int, BlockResult>> CheckAsync(string page)
    {
        var run = new PageRun(PageFolder.Create(page));
        var results = new Dictionary<int, BlockResult>();
        foreach (var block in MarkdownPage.Read(page))
        {
            results[block.Line] = await run.CheckAsync(block);
        }

        if (await run._shell.EndHostAsync() is { Failure: not null } notEnded && results.Count > 0)
        {
            results[results.Keys.Max()] = notEnded;
        }

        return results;
    }

    private async Task<BlockResult> CheckAsync(CodeBlock block)
    {
        if (block.Language == "sh" && block.NotRun is null && block.Text.Contains("//old-", StringComparison.Ordinal))
        {
            await _shell.RunAsync("old-server", exitCode: 0);
        }

        if (block.Before is { } before && await _shell.RunAsync(before, exitCode: 0) is { Failure: not null } notPrepared)
        {
            return notPrepared;
        }

        if (block.NotRun is { } reason)
        {
            return new BlockResult(Skipped: reason);
        }

        if (block.File is { } file)
        {
            _folder.Write(file, block.Text);
        }

        return block.Language switch
        {
            "sh" => await _shell.RunAsync(block.Text, block.ExitCode),
            "csharp" => CSharpCheck.Check(block.Text),
            "c" => await _shell.RunAsync(CCheck.Command(_folder.Write($"block-{block.Line}.c", block.Text)), exitCode: 0),
            "json" => JsonCheck.FaultOf(block.Text) is { } fault ? new BlockResult(fault)
                : block.File is null && JsonCheck.IsSettings(block.Text) ? await StartWithAsync(block.Text)
                : BlockResult.Passed,
            "xml" => Result(XmlCheck.FaultOf(block.Text)),
            "http" => Result(HttpFileCheck.FaultOf(block.Text)),
            "text" => Result(block.IsOutput ? OutputCheck.FaultOf(block.Text, _shell.Output) : null),
            _ when block.File is not null => BlockResult.Passed,
            _ => new BlockResult($"nothing here can check {block.Language}. Mark the block: <!-- not run: why -->, or <!-- file: name --> if a later block uses it."),
        };
    }

    /// <summary>Settings count as right when the command starts with them; blocks below find them in appsettings.json.</summary>
    private Task<BlockResult> StartWithAsync(string settings)
    {
        _folder.Write("appsettings.json", settings);
        return _shell.RunAsync(JsonCheck.NamesModule(settings) ? "isapihost" : "isapihost --dll ./hello.so", exitCode: 0);
    }

    private static BlockResult Result(string? fault) => fault is null ? BlockResult.Passed : new BlockResult(fault);
}
