/* A library that exports none of an extension's functions. */
#ifdef _WIN32
__declspec(dllexport)
#endif
int answer(void);

int answer(void)
{
    return 42;
}
