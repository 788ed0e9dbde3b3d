"""人员 (people): school staff, teacher-education students and experts, and what each of them is at a time.

Words: 教职工 staff, 师范生 teacher-education student, 专家 expert, 任职 appointment, 角色任期 role term,
交接 handover, AB 岗 deputy.
Stands on orgs.
"""
