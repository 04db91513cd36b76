/* The library that needs-neighbour is linked with. */
#ifdef _WIN32
__declspec(dllexport)
#endif
const char *neighbour_says(void);

const char *neighbour_says(void)
{
    return "hello from next door\n";
}
