"""月调度 (dispatch): every month units say where things stand, a meeting decides, and what it decided is followed.

Words: 月调度 dispatch, 期 cycle, 月报 filing, 事项 entry, 催报 reminder, 锁定 lock, 更正 correction, 会议 meeting,
议题 agenda item, 纪要 minutes, 议定事项 decision, 销项 closure of a decision.
Stands on plans.
"""
