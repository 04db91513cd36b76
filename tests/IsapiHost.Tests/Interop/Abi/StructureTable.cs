using IsapiHost.Interop.Abi;

namespace IsapiHost.Tests.Interop.Abi;

/// <summary>The layouts of the Windows SDK, in numbers: the size, then each field's offset, on 64/32 bits (one number: the same on both).</summary>
internal static class StructureTable
{
    private const string Text = """
        HSE_VERSION_INFO 260 dwExtensionVersion 0 lpszExtensionDesc 4
        EXTENSION_CONTROL_BLOCK 192/144 cbSize 0 dwVersion 4 ConnID 8 dwHttpStatusCode 16/12 lpszLogData 20/16 lpszMethod 104/96 lpszQueryString 112/100 lpszPathInfo 120/104 lpszPathTranslated 128/108 cbTotalBytes 136/112 cbAvailable 140/116 lpbData 144/120 lpszContentType 152/124 GetServerVariable 160/128 WriteClient 168/132 ReadClient 176/136 ServerSupportFunction 184/140
        HSE_TF_INFO 72/44 pfnHseIO 0 pContext 8/4 hFile 16/8 pszStatusCode 24/12 BytesToWrite 32/16 Offset 36/20 pHead 40/24 HeadLength 48/28 pTail 56/32 TailLength 64/36 dwFlags 68/40
        HSE_SEND_HEADER_EX_INFO 32/20 pszStatus 0 pszHeader 8/4 cchStatus 16/8 cchHeader 20/12 fKeepConn 24/16
        HSE_URL_MAPEX_INFO 280 lpszPath 0 dwFlags 260 cchMatchingPath 264 cchMatchingURL 268 dwReserved1 272 dwReserved2 276
        HSE_UNICODE_URL_MAPEX_INFO 532 lpszPath 0 dwFlags 520 cchMatchingPath 524 cchMatchingURL 528
        HSE_EXEC_URL_INFO 48/24 pszUrl 0 pszMethod 8/4 pszChildHeaders 16/8 pUserInfo 24/12 pEntity 32/16 dwExecUrlFlags 40/20
        HSE_EXEC_UNICODE_URL_INFO 48/24 pszUrl 0 pszMethod 8/4 pszChildHeaders 16/8 pUserInfo 24/12 pEntity 32/16 dwExecUrlFlags 40/20
        HSE_EXEC_URL_USER_INFO 24/12 hImpersonationToken 0 pszCustomUserName 8/4 pszCustomAuthType 16/8
        HSE_EXEC_UNICODE_URL_USER_INFO 24/12 hImpersonationToken 0 pszCustomUserName 8/4 pszCustomAuthType 16/8
        HSE_EXEC_URL_ENTITY_INFO 16/8 cbAvailable 0 lpbData 8/4
        HSE_EXEC_URL_STATUS 8 uHttpStatusCode 0 uHttpSubStatus 2 dwWin32Error 4
        HSE_CUSTOM_ERROR_INFO 16/12 pszStatus 0 uHttpSubError 8/4 fAsync 12/8
        HSE_VECTOR_ELEMENT 32/24 ElementType 0 pvContext 8/4 cbOffset 16/8 cbSize 24/16
        HSE_RESPONSE_VECTOR 40/20 dwFlags 0 pszStatus 8/4 pszHeaders 16/8 nElementCount 24/12 lpElementArray 32/16
        CERT_CONTEXT 40/20 dwCertEncodingType 0 pbCertEncoded 8/4 cbCertEncoded 16/8 pCertInfo 24/12 hCertStore 32/16
        CERT_CONTEXT_EX 48/28 CertContext 0 cbAllocated 40/20 dwCertificateFlags 44/24
        HSE_TRACE_INFO 28 fTraceRequest 0 TraceContextId 4 dwReserved1 20 dwReserved2 24
        HTTP_TRACE_EVENT 88/52 pProviderGuid 0 dwArea 8/4 pAreaGuid 16/8 dwEvent 24/12 pszEventName 32/16 dwEventVersion 40/20 dwVerbosity 44/24 pActivityGuid 48/28 pRelatedActivityGuid 56/32 dwTimeStamp 64/36 dwFlags 68/40 cEventItems 72/44 pEventItems 80/48
        HTTP_TRACE_EVENT_ITEM 40/20 pszName 0 dwDataType 8/4 pbData 16/8 cbData 24/12 pszDataDescription 32/16
        HTTP_TRACE_CONFIGURATION 24/16 pProviderGuid 0 dwAreas 8/4 dwVerbosity 12/8 fProviderEnabled 16/12
        HTTP_FILTER_VERSION 272 dwServerFilterVersion 0 dwFilterVersion 4 lpszFilterDesc 8 dwFlags 268
        HTTP_FILTER_CONTEXT 72/44 cbSize 0 Revision 4 ServerContext 8 ulReserved 16/12 fIsSecurePort 20/16 pFilterContext 24/20 GetServerVariable 32/24 AddResponseHeaders 40/28 WriteClient 48/32 AllocMem 56/36 ServerSupportFunction 64/40
        HTTP_FILTER_RAW_DATA 24/16 pvInData 0 cbInData 8/4 cbInBuffer 12/8 dwReserved 16/12
        HTTP_FILTER_PREPROC_HEADERS 32/20 GetHeader 0 SetHeader 8/4 AddHeader 16/8 HttpStatus 24/12 dwReserved 28/16
        HTTP_FILTER_AUTHENT 32/16 pszUser 0 cbUserBuff 8/4 pszPassword 16/8 cbPasswordBuff 24/12
        HTTP_FILTER_URL_MAP 24/12 pszURL 0 pszPhysicalPath 8/4 cbPathBuff 16/8
        HTTP_FILTER_URL_MAP_EX 40/28 pszURL 0 pszPhysicalPath 8/4 cbPathBuff 16/8 dwFlags 20/12 cchMatchingPath 24/16 cchMatchingURL 28/20 pszScriptMapEntry 32/24
        HTTP_FILTER_ACCESS_DENIED 24/12 pszURL 0 pszPhysicalPath 8/4 dwReason 16/8
        HTTP_FILTER_LOG 72/44 pszClientHostName 0 pszClientUserName 8/4 pszServerName 16/8 pszOperation 24/12 pszTarget 32/16 pszParameters 40/20 dwHttpStatus 48/24 dwWin32Status 52/28 dwBytesSent 56/32 dwBytesRecvd 60/36 msTimeForProcessing 64/40
        HTTP_FILTER_AUTH_COMPLETE_INFO 48/28 GetHeader 0 SetHeader 8/4 AddHeader 16/8 GetUserToken 24/12 HttpStatus 32/16 fResetAuth 36/20 dwReserved 40/24
        """;

    /// <summary>Sizes by structure and offsets by <c>structure.field</c>, for pointers of 8 or 4 bytes.</summary>
    public static SortedDictionary<string, int> For(int pointerSize)
    {
        var numbers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in Text.Split('\n', StringSplitOptions.TrimEntries))
        {
            var words = line.Split(' ');
            for (var i = 0; i < words.Length; i += 2)
            {
                var both = words[i + 1].Split('/');
                var number = both[pointerSize == 8 ? 0 : both.Length - 1];
                numbers.Add(i == 0 ? words[0] : $"{words[0]}.{words[i]}", int.Parse(number));
            }
        }

        return numbers;
    }
}
