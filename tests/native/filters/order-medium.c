#define ORDER_LETTER "M"
#define ORDER_FLAG SF_NOTIFY_ORDER_MEDIUM
#include "order.h"
