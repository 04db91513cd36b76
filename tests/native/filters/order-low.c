#define ORDER_LETTER "L"
#define ORDER_FLAG SF_NOTIFY_ORDER_LOW
#include "order.h"
