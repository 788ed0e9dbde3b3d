"""组织 (orgs): who takes part in the plan, when their school years run, and which roles they give.

Words: 领导小组 leading group and its 办公室 office, 县直单位 county unit, 教体局股室 bureau section,
教师发展中心 teacher development centre, 高校 university, 学校 school, 乡镇 township, 学年 school year,
学期 term, 校历 school calendar, 合作协议 cooperation agreement, 角色 role.
Stands on no other area.
"""
