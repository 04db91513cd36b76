namespace IsapiHost.Cli.Tracing;

/// <summary>The style sheet of a <see cref="TracePage"/>.</summary>
internal static class PageStyle
{
    public const string Text = """
        :root { --text: #1b1f24; --soft: #57606a; --back: #fff; --stripe: #f6f8fa; --line: #d0d7de; --link: #0550ae;
          --proc: #8250df; --call: #1f6feb; --failed: #bf3900; --warn: #fff1e5; --good: #116329; }
        @media (prefers-color-scheme: dark) {
          :root { --text: #e6edf3; --soft: #9da7b3; --back: #0d1117; --stripe: #161b22; --line: #30363d; --link: #79b8ff;
            --proc: #bc8cff; --call: #58a6ff; --failed: #ff9b5e; --warn: #3a2212; --good: #56d364; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--text); font: 14px/1.45 system-ui, sans-serif; }
        main { padding: 1rem 1.5rem 3rem; }
        h1 { font-size: 1.3rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
        a { color: var(--link); }
        code { font: 12px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
        .status { border: 2px solid var(--good); color: var(--good); border-radius: .3em; padding: 0 .35em; }
        .status.s4, .status.s5 { border-color: var(--failed); color: var(--failed); }
        dl { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 0; }
        dt { color: var(--soft); font-size: .85em; }
        dd { margin: 0; overflow-wrap: anywhere; }
        .violations { background: var(--warn); border-left: 4px solid var(--failed); padding: .1rem 1rem; margin-top: 1rem; }
        .violations ul { padding-left: 1.2rem; }
        .legend { color: var(--soft); margin: .3rem 0; }
        .key { display: inline-block; width: 1.4em; height: .8em; border-radius: 2px; margin: 0 .2em 0 .8em; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; min-width: 70rem; }
        th, td { text-align: left; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid var(--line); }
        thead th { color: var(--soft); font-weight: 600; white-space: nowrap; }
        tbody td:nth-child(4) { min-width: 10.5rem; }
        tbody th { font-weight: 600; white-space: nowrap; }
        tbody th a { display: block; font-weight: 400; font-size: .85em; }
        tbody tr:nth-child(even) { background: var(--stripe); }
        tbody tr:target { outline: 2px solid var(--link); outline-offset: -2px; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .d1 { padding-left: 1.5rem; } .d2 { padding-left: 2.5rem; } .d3 { padding-left: 3.5rem; } .d4 { padding-left: 4.5rem; }
        .d5 { padding-left: 5.5rem; } .d6 { padding-left: 6.5rem; } .d7 { padding-left: 7.5rem; } .d8 { padding-left: 8.5rem; }
        .axis { width: 34%; min-width: 18rem; }
        .ticks { display: flex; justify-content: space-between; font-weight: 400; font-variant-numeric: tabular-nums; }
        .lane { display: block; position: relative; height: 1.1em; margin-top: .15em; overflow: hidden;
          background: repeating-linear-gradient(90deg, var(--line) 0 1px, transparent 1px 25%); }
        .lane i { position: absolute; top: .1em; bottom: .1em; border-radius: 2px; min-width: 2px; }
        .proc .bar, .key.proc { background: var(--proc); }
        .call .bar, .key.call { background: var(--call); }
        .failed .bar, .key.failed { background: var(--failed); }
        .failed strong { color: var(--failed); }
        .lane .wait, .key.pending { border: 1px solid var(--call);
          background: repeating-linear-gradient(135deg, var(--call) 0 1px, transparent 1px 5px); }
        """;
}
