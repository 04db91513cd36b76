namespace IsapiHost.Cli.Configuration;

/// <summary>
/// The settings that have no option on the command line. A new property of <see cref="IsapiOptions"/> gets a line here,
/// in appsettings.schema.json and in docs/configuration.md.
/// </summary>
internal static class OptionSettings
{
    public static IReadOnlyList<OptionSetting> All { get; } =
    [
        OptionSetting.YesNo(
            nameof(IsapiOptions.AllowPathInfoForScriptMappings), (options, value) => options.AllowPathInfoForScriptMappings = value),
        OptionSetting.CodePage(nameof(IsapiOptions.AnsiCodePage), (options, value) => options.AnsiCodePage = value),
        OptionSetting.Whole(nameof(IsapiOptions.SiteId), 1, int.MaxValue, (options, value) => options.SiteId = value),
        OptionSetting.Text(nameof(IsapiOptions.SiteName), (options, value) => options.SiteName = value),
        OptionSetting.Text(nameof(IsapiOptions.ApplicationPoolName), (options, value) => options.ApplicationPoolName = value),
        OptionSetting.Text(nameof(IsapiOptions.ServerSoftware), (options, value) => options.ServerSoftware = value),
        OptionSetting.TwoPartVersion(nameof(IsapiOptions.InterfaceVersion), (options, value) => options.InterfaceVersion = value),
        OptionSetting.Whole(nameof(IsapiOptions.UploadReadAheadSize), 1, int.MaxValue, (options, value) => options.UploadReadAheadSize = value),
        OptionSetting.Bytes(nameof(IsapiOptions.MaxRequestBodySize), (options, value) => options.MaxRequestBodySize = value),
        OptionSetting.YesNo(nameof(IsapiOptions.SpoolChunkedUploads), (options, value) => options.SpoolChunkedUploads = value),
        OptionSetting.Bytes(nameof(IsapiOptions.SpoolLimit), (options, value) => options.SpoolLimit = value ?? long.MaxValue),
        OptionSetting.Whole(nameof(IsapiOptions.MinRequestBodyDataRate), 0, int.MaxValue, (options, value) => options.MinRequestBodyDataRate = value),
        OptionSetting.Whole(nameof(IsapiOptions.MinResponseDataRate), 0, int.MaxValue, (options, value) => options.MinResponseDataRate = value),
        OptionSetting.Whole(nameof(IsapiOptions.ResponseBufferLimit), 0, int.MaxValue, (options, value) => options.ResponseBufferLimit = value),
        OptionSetting.YesNo(nameof(IsapiOptions.KernelFileTransfer), (options, value) => options.KernelFileTransfer = value),
        OptionSetting.YesNo(nameof(IsapiOptions.StrictKeepConnection), (options, value) => options.StrictKeepConnection = value),
        OptionSetting.YesNo(nameof(IsapiOptions.TextWithoutHeadIsHtml), (options, value) => options.TextWithoutHeadIsHtml = value),
        OptionSetting.YesNo(nameof(IsapiOptions.FiltersWithoutPriorityFirst), (options, value) => options.FiltersWithoutPriorityFirst = value),
        OptionSetting.Whole(nameof(IsapiOptions.FilterMemoryLimit), 0, int.MaxValue, (options, value) => options.FilterMemoryLimit = value),
        OptionSetting.Whole(nameof(IsapiOptions.FilterReadLimit), 0, int.MaxValue, (options, value) => options.FilterReadLimit = value),
        OptionSetting.Seconds(nameof(IsapiOptions.ForwardTimeout), (options, value) => options.ForwardTimeout = value),
        OptionSetting.YesNo(nameof(IsapiOptions.ForwardKeepsHost), (options, value) => options.ForwardKeepsHost = value),
        OptionSetting.Certificates(nameof(IsapiOptions.ForwardCertificates), (options, value) => options.ForwardCertificates = value),
        OptionSetting.YesNo(nameof(IsapiOptions.ForwardVia), (options, value) => options.ForwardVia = value),
        OptionSetting.Whole(nameof(IsapiOptions.ThreadLimit), 1, 10_000, (options, value) => options.ThreadLimit = value),
        OptionSetting.Whole(nameof(IsapiOptions.QueueLimit), 0, int.MaxValue, (options, value) => options.QueueLimit = value),
        OptionSetting.Seconds(
            nameof(IsapiOptions.RequestTimeWarning), (options, value) => options.RequestTimeWarning = value > TimeSpan.Zero ? value : null),
        OptionSetting.Folder(nameof(IsapiOptions.TraceFolder), (options, value) => options.TraceFolder = value),
        OptionSetting.Condition(nameof(IsapiOptions.TraceWhen), (options, value) => options.TraceWhen = value),
        OptionSetting.Whole(nameof(IsapiOptions.TraceFileLimit), 1, int.MaxValue, (options, value) => options.TraceFileLimit = value),
        OptionSetting.YesNo(nameof(IsapiOptions.DetectViolations), (options, value) => options.DetectViolations = value),
        OptionSetting.Seconds(nameof(IsapiOptions.ViolationBlockedTime), (options, value) => options.ViolationBlockedTime = value),
        OptionSetting.Seconds(nameof(IsapiOptions.ViolationPendingTime), (options, value) => options.ViolationPendingTime = value),
        OptionSetting.Whole(nameof(IsapiOptions.ViolationGrowthRequests), 0, int.MaxValue, (options, value) => options.ViolationGrowthRequests = value),
        OptionSetting.Seconds(nameof(IsapiOptions.ShutdownTimeout), (options, value) => options.ShutdownTimeout = value),
    ];
}
