# Fills an empty Redmine 5.0 for bench/pages.py: 100 projects with 200 issues each, 20 units, 10 people, and what
# was said about each issue. Run with `bin/rails runner`, after `rake redmine:load_default_data`; see redmine.md.
# Rows go in by insert_all: Redmine's own callbacks would take an hour and leave the same rows.

PROJECTS, ISSUES, UNITS, PEOPLE, NOTES = 100, 200, 20, 10, 3
TODAY, NOW = Date.today, Time.now
STATUSES = [5] * 14 + [2] * 4 + [1] + [3] # 70 % closed, 20 % under way, 5 % new, 5 % resolved: as in our province
TRACKER, PRIORITY, MANAGER = 2, 2, 3
TITLES = %w[教研联合体联合教研活动 薄弱学科教师培训 学校诊断与改进 结对帮扶 实习实践基地 精品课申报]
DESCRIPTION = "依托高校学科优势，组织高校专家与县域骨干教师组成教研共同体，围绕课堂教学、作业设计和学业评价" \
              "开展联合教研，每学期不少于两次，形成可推广的案例，按期报送领导小组办公室。"
SAID = ["已成立工作小组，由分管负责同志牵头，初步方案正在征求意见。",
        "按计划推进，本月完成一次集体教研，参加教师四十人，相关材料已归档。",
        "任务已完成，成果文本已印发执行，相关材料随附，请予审核。"]

def put(model, rows)
  rows.each_slice(5000).flat_map { |some| model.insert_all!(some, returning: :id).rows.flatten }
end

Setting.default_language = "zh"
Setting.per_page_options = "20,50,100"
Setting.issues_export_limit = 100_000
Setting.cache_formatted_text = "1"
Setting.issue_list_default_columns = %w[subject category assigned_to due_date status done_ratio]

people = put(User, Array.new(PROJECTS * PEOPLE) do |n|
  { login: "person#{n}", firstname: "老师", lastname: format("第%03d", n), type: "User", status: 1, language: "zh",
    mail_notification: "none", created_on: NOW, updated_on: NOW }
end)
PROJECTS.times do |n|
  project = Project.create!(name: format("县%03d", n), identifier: format("county-%03d", n), is_public: false,
                            tracker_ids: [TRACKER], enabled_module_names: %w[issue_tracking calendar gantt])
  units = put(IssueCategory, Array.new(UNITS) { |k| { project_id: project.id, name: format("第%02d单位", k) } })
  here = people.slice(n * PEOPLE, PEOPLE)
  members = put(Member, here.map { |user| { user_id: user, project_id: project.id, created_on: NOW } })
  put(MemberRole, members.map { |member| { member_id: member, role_id: MANAGER } })
  issues = put(Issue, Array.new(ISSUES) do |k|
    status = STATUSES[k % STATUSES.size]
    due = TODAY - 200 + (k * 37) % 400
    { tracker_id: TRACKER, project_id: project.id, subject: "#{TITLES[k % TITLES.size]}（#{k + 1}）",
      description: DESCRIPTION, status_id: status, priority_id: PRIORITY, category_id: units[k % UNITS],
      author_id: here[0], assigned_to_id: here[k % PEOPLE], start_date: due - 90, due_date: due,
      done_ratio: status == 5 ? 100 : (k * 10) % 100, created_on: NOW - 300.days, updated_on: NOW - k.hours,
      closed_on: status == 5 ? NOW - k.hours : nil, lft: 1, rgt: 2 }
  end)
  journals = put(Journal, issues.product((0...NOTES).to_a).map do |issue, k|
    { journalized_id: issue, journalized_type: "Issue", user_id: here[issue % PEOPLE], notes: SAID[k],
      created_on: NOW - (90 - 30 * k).days }
  end)
  put(JournalDetail, journals.map do |journal|
    { journal_id: journal, property: "attr", prop_key: "done_ratio", old_value: "20", value: "40" }
  end)
end
Issue.update_all("root_id = id")

clerk = User.find(people.first)
clerk.login, clerk.mail = "clerk", "clerk@example.org"
clerk.password = clerk.password_confirmation = ENV.fetch("REDMINE_PASSWORD")
clerk.save!
ActiveRecord::Base.connection.execute("VACUUM ANALYZE")
puts "#{Project.count} projects, #{Issue.count} issues, #{Journal.count} journals; sign in as clerk"
