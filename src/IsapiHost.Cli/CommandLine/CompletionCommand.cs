using System.CommandLine;

namespace IsapiHost.Cli.CommandLine;

/// <summary>
/// <c>isapihost completion SHELL</c>: a script that lets a shell complete commands and options, which it asks the command itself for.
/// </summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _isapihost() {
            local typed="${COMP_LINE#* }"
            local at=$((COMP_POINT - ${#COMP_LINE} + ${#typed}))
            mapfile -t COMPREPLY < <(isapihost "[suggest:$at]" "$typed" 2>/dev/null | grep -F -- "${COMP_WORDS[COMP_CWORD]}")
        }
        complete -o default -F _isapihost isapihost
        """;

    private const string Zsh = """
        #compdef isapihost
        _isapihost() {
            local typed="${BUFFER#* }"
            local -a found
            found=("${(@f)$(isapihost "[suggest:$((CURSOR - ${#BUFFER} + ${#typed}))]" "$typed" 2>/dev/null)}")
            compadd -- $found
            _files
        }
        compdef _isapihost isapihost
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName isapihost -ScriptBlock {
            param($word, $command, $position)
            $text = $command.ToString()
            $typed = $text.Substring([Math]::Min($text.IndexOf(' ') + 1, $text.Length))
            $at = [Math]::Max(0, $position - $text.Length + $typed.Length)
            isapihost "[suggest:$at]" $typed | Where-Object { $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    public static Command Create()
    {
        Argument<string> shell = new("SHELL") { Description = "bash, zsh or pwsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "pwsh");
        Command command = new("completion", "Writes a script for a shell's completion. In bash: source <(isapihost completion bash)")
        {
            shell,
        };
        command.SetAction(parsed => Console.Out.WriteLine(parsed.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => PowerShell }));
        return command;
    }
}
