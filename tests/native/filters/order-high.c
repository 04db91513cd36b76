#define ORDER_LETTER "H"
#define ORDER_FLAG SF_NOTIFY_ORDER_HIGH
#include "order.h"
