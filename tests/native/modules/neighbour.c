/* A library that lies beside a module. */
int neighbour_answer(void)
{
    return 42;
}
