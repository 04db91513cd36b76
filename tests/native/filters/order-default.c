/* No order bit at all: low, or with FiltersWithoutPriorityFirst before all others. */
#define ORDER_LETTER "D"
#define ORDER_FLAG 0
#include "order.h"
