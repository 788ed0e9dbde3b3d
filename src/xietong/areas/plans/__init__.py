"""行动方案 (action plans): the plan with its clauses, phases, objectives, tasks and their progress.

Words: 方案 plan, 条款 clause, 阶段 phase, 目标 objective, 任务 task, 进展 progress.
Stands on people and orgs.
"""
